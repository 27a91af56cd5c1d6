"""Facts of the shipped packs: each docket with its CourtListener id where one is known, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.settings.load import load_settings
from monitor.settings.schema import DocketConfig

REPO = Path(__file__).parents[2]
KNOWN = {
    ("dcd", "1:25-cv-00457"): 69646607,
    ("cadc", "26-5006"): 72135139,
    ("dcd", "1:25-cv-00677"): 69714586,
    ("cadc", "25-5181"): 70333067,
    ("mad", "1:25-cv-12822"): 71498800,
}
DAYS = {"26-5006": "2026-01-13", "25-5181": "2025-05-21"}


@pytest.fixture(scope="module")
def dockets(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], DocketConfig]:
    path = tmp_path_factory.mktemp("facts") / "monitor.yaml"
    path.write_text(f"packs: [{REPO}/config/cases/irs-ice.yaml]\n")
    packs = load_settings(path).packs
    return {(d.court, d.number): d for p in packs for c in p.cases for d in c.dockets}


def test_the_main_pack_names_what_is_known(dockets: dict[tuple[str, str], DocketConfig]) -> None:
    assert {key: one.courtlistener for key, one in dockets.items()} == KNOWN


def test_every_docket_of_the_main_pack_names_its_source(
    dockets: dict[tuple[str, str], DocketConfig],
) -> None:
    assert [key for key, one in dockets.items() if not one.source] == []
    for (_, number), one in dockets.items():
        assert DAYS.get(number, "") in one.source


def test_a_suit_about_something_else_is_not_beside_the_main_ones() -> None:
    said = (REPO / "config/cases/adjacent.yaml").read_text()
    assert "American Oversight" not in said
    assert "01585" not in said
