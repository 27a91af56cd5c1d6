"""A wrong value ends in a line of the file, never in a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.test_keys import PACK, accepted, refused


@pytest.mark.parametrize("text", ["courtlistener: {}\n", "email: {}\n"])
def test_an_empty_section_is_read(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COURTLISTENER_TOKEN", raising=False)
    if text.startswith("email"):
        assert all(line.startswith("monitor.yaml:1: email.") for line in refused(tmp_path, text))
    else:
        assert accepted(tmp_path, text).warnings


@pytest.mark.parametrize("key", ["grace: {}", "polling: {{news: {}}}"])
@pytest.mark.parametrize("raw", ["99999999999999d", "9" * 400 + "s"])
def test_a_length_of_time_beyond_all_bounds_is_refused(tmp_path: Path, key: str, raw: str) -> None:
    (said,) = refused(tmp_path, key.format(raw) + "\n")
    assert said.startswith("monitor.yaml:1: ")


@pytest.mark.parametrize("court", ["[dcd]", "{id: dcd}"])
def test_a_court_that_is_a_list_is_refused(tmp_path: Path, court: str) -> None:
    (said,) = refused(
        tmp_path, "packs: [pack.yaml]\n", pack=PACK.replace("court: dcd", f"court: {court}")
    )
    assert said.startswith("pack.yaml:5: cases.0.dockets.0.court: ")


def test_a_kind_of_source_that_is_a_list_is_refused(tmp_path: Path) -> None:
    row = "sources: [{id: s, kind: [news], url: 'https://x', court: dcd, number: '1:25-cv-1'}]\n"
    (said,) = refused(tmp_path, "packs: [pack.yaml]\n", pack=PACK + row)
    assert said.startswith("pack.yaml:6: sources.0.kind: ")
