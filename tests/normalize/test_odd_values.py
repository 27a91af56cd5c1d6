"""Values that no database or calendar takes cost themselves only."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.diff.docket import words_hash
from monitor.normalize.dates import parse_feed_time, parse_iso_date, parse_iso_time
from monitor.sources.courtlistener.rows import ClDocket, normalize_entry
from monitor.sources.supreme_court.page import parse_day

ON = ClDocket("cl", "dcd", "1:25-cv-00457", 77, "270000")


@pytest.mark.parametrize(
    "parsed",
    [
        parse_iso_date("0001-01-01"),
        parse_iso_date("9999-12-31"),
        parse_iso_time("0001-01-01T00:00:00+14:00"),
        parse_feed_time("Mon, 01 Jan 2999 00:00:00 GMT"),
        parse_day("Jan 01 0001"),
    ],
)
def test_days_on_which_nothing_is_filed_are_no_days(parsed: object) -> None:
    assert parsed is None


def test_a_row_with_odd_values_is_kept_without_them() -> None:
    seen = normalize_entry(
        {"id": 9, "entry_number": 2**70, "date_filed": "0001-01-01", "description": "OR\ud800DER"},
        ON,
    )
    assert (seen.entry_number, seen.date_filed, seen.text) == (None, None, "ORDER")
    assert words_hash(seen)


def test_a_day_like_others_is_a_day() -> None:
    assert parse_iso_date("2026-03-04") == date(2026, 3, 4)
