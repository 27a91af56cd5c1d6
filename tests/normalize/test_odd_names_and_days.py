"""Smaller ones: utilities that matter, limits without end, days in other forms, odd file names."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.classify.entry import are_clerks_utilities
from monitor.errors import UsageError
from monitor.normalize.dates import parse_iso_date
from monitor.replay import recorded_bodies


@pytest.mark.parametrize(
    "name",
    [
        "Utility Motion",
        "~Util - Preliminary Injunction Granted",
        "Utility - Consent Decree",
        "~Util - Notice of Appeal",
    ],
)
def test_what_may_matter_is_no_bookkeeping(name: str) -> None:
    assert not are_clerks_utilities([name])


@pytest.mark.parametrize("raw", ["20260302", "2026-W10-1"])
def test_only_a_calendar_day_is_a_day(raw: str) -> None:  # "YYYY-MM-DD; None for anything else"
    assert parse_iso_date(raw) is None


def test_a_file_named_like_no_moment_is_no_recording(tmp_path: Path) -> None:
    (tmp_path / "20269999T999999Z.xml").write_bytes(b"x")
    with pytest.raises(UsageError):
        recorded_bodies(tmp_path)
