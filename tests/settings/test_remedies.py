"""Remedies that the program and its files give can be followed."""

from __future__ import annotations

from pathlib import Path

from tests.settings.test_keys import PACK, accepted
from tests.settings.test_telling import telling


def test_a_case_copied_from_a_pack_that_is_off_is_not_defined_twice(tmp_path: Path) -> None:
    """config/cases/adjacent.yaml advises to copy its rows, and config/monitor.yaml names it."""
    off = PACK.replace("pack: p", "pack: off\nenabled: false")
    assert accepted(tmp_path, "packs: [off.yaml, pack.yaml]\n", off=off).packs


def test_the_rule_that_an_error_asks_for_bears_a_free_name(tmp_path: Path) -> None:
    news = "  - {name: doe-v-roe, to: [desk], topics: [news]}\n"
    (error,) = [w for w in telling(tmp_path, news).warnings if not w.is_warning]
    rule = error.message.rpartition("`routes:` ")[2]
    assert all(w.is_warning for w in telling(tmp_path, f"{news}  {rule}\n").warnings)
