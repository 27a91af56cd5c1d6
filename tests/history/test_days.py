"""Days as people say them: one reader, the same answer at every surface."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import UsageError
from monitor.history.days import length_ago, read_as_of, read_day, read_moment

#: Ten in the evening of the 4th in Washington, in the afternoon in Hawaii, the 5th in Guam.
NOW = datetime(2026, 3, 5, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        (" Today ", date(2026, 3, 4)),
        ("yesterday", date(2026, 3, 3)),
        ("7d", date(2026, 2, 25)),
        ("2W", date(2026, 2, 18)),
        ("3 days", date(2026, 3, 1)),
        ("1 week", date(2026, 2, 25)),
        ("12h", date(2026, 3, 4)),
        ("P7D", date(2026, 2, 25)),
        ("0d", date(2026, 3, 4)),
    ],
)
def test_a_day_is_the_courts(said: str, day: date) -> None:
    assert read_day(said, NOW) == day


def test_today_is_another_day_elsewhere() -> None:
    assert read_day("today", NOW, "gud") == date(2026, 3, 5)
    assert read_day("today", datetime(2026, 3, 5, 8, tzinfo=UTC), "hid") == date(2026, 3, 4)


def test_a_week_ago_is_seven_days_of_the_calendar_over_a_changed_clock() -> None:
    """The clocks were set forward on 8 March 2026."""
    early = datetime(2026, 3, 9, 4, 30, tzinfo=UTC)  # 00:30 on the 9th
    assert read_day("7d", early) == date(2026, 3, 2)


@pytest.mark.parametrize("said", ["3m", "3 months", "P3M", "1y", "2 years"])
def test_a_length_that_is_not_certain_is_refused_with_a_remedy(said: str) -> None:
    for read in (read_day, read_moment, read_as_of):
        with pytest.raises(UsageError, match="in days or weeks, as 90d or 12w"):
            read(said, NOW)


@pytest.mark.parametrize(
    "said", ["", "tomorrow", "20260302", "2026-W10-1", "2026-02-30", "d", "-3d", "99999d", "٣d"]
)
def test_what_is_no_day_says_what_is_accepted(said: str) -> None:
    with pytest.raises(UsageError, match="2026-03-05, today, yesterday, or how long ago: 7d"):
        read_day(said, NOW)


def test_since_is_a_moment() -> None:
    assert read_moment("36h", NOW) == NOW - timedelta(hours=36)
    assert read_moment("yesterday", NOW) == datetime(2026, 3, 3, 5, tzinfo=UTC)


def test_as_of_is_the_end_of_a_day_or_a_moment() -> None:
    assert read_as_of("7d", NOW) == date(2026, 2, 25)
    assert read_as_of("12h", NOW) == NOW - timedelta(hours=12)
    assert read_as_of("2026-03-05T10:30:00+01:00", NOW) == datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
    with pytest.raises(UsageError, match="no day and no moment"):
        read_as_of("2026-03-05T10:30:00", NOW)


ENDS = ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"]
ENDS += ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2201-06-01T00:00:00Z"]


@pytest.mark.parametrize("said", ENDS)
def test_at_the_ends_of_the_calendar_nothing_is_asked(said: str) -> None:
    with pytest.raises(UsageError, match="name a day from 1900 to 2200"):
        read_as_of(said, NOW)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_is_refused_by_name(said: str) -> None:
    for read in (read_day, read_moment, read_as_of):
        refused = ""
        try:
            read(said, NOW)
        except UsageError as exc:
            refused = str(exc)
        assert not refused or repr(said) in refused


@given(st.integers(0, 9999), st.sampled_from("wdh"))
def test_every_length_lies_on_the_calendar(count: int, unit: str) -> None:
    assert length_ago(f"{count}{unit}") is not None
    assert read_day(f"{count}{unit}", NOW).year > 1800
