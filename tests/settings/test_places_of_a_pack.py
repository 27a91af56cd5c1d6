"""Further places of a pack are checked like its dockets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.test_keys import PACK, refused

ROW = "{{id: {}, kind: court_rss, url: 'https://{}', court: dcd, number: '{}'}}"


def test_two_sources_of_one_name_are_refused_and_not_swallowed(tmp_path: Path) -> None:
    rows = [ROW.format("s", "one", "1:25-cv-1"), ROW.format("s", "two", "1:25-cv-2")]
    said = refused(tmp_path, "packs: [pack.yaml]\n", pack=f"{PACK}sources: [{', '.join(rows)}]\n")
    assert any("sources.1.id" in line for line in said)


def test_two_addresses_for_one_courts_feed_are_refused_and_not_swallowed(tmp_path: Path) -> None:
    rows = "court_feeds: [{court: dcd, url: 'https://one'}, {court: dcd, url: 'https://two'}]\n"
    said = refused(tmp_path, "packs: [pack.yaml]\n", pack=PACK + rows)
    assert any("court_feeds.1" in line for line in said)


@pytest.mark.parametrize("number", ["25-xy", "25-457", "['1:25-cv-457']"])
def test_a_sources_number_fits_its_court(tmp_path: Path, number: str) -> None:
    """Without its office one docket has two names, and an order is told twice (decision 30)."""
    row = ROW.format("s", "one", "N").replace("'N'", number if number[0] == "[" else f"'{number}'")
    (said,) = refused(tmp_path, "packs: [pack.yaml]\n", pack=f"{PACK}sources: [{row}]\n")
    assert "sources.0" in said
