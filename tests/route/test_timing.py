"""When something is sent: digests fall due once, quiet hours hold, and both go by the wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.timing import Every, Hours, Pace
from monitor.route.timing import due_after, quiet_until

NEW_YORK = ZoneInfo("America/New_York")
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
NIGHT = Hours(begins=time(22), ends=time(7))


def local(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=NEW_YORK, fold=fold).astimezone(UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("pace", "now", "due"),
    [
        (Pace(), (2026, 3, 4, 10, 0), (2026, 3, 4, 10, 0)),
        (Pace(Every.WINDOW, timedelta(minutes=10)), (2026, 3, 4, 10, 0), (2026, 3, 4, 10, 10)),
        (Pace(Every.HOUR), (2026, 3, 4, 10, 20), (2026, 3, 4, 11, 0)),
        (Pace(Every.HOUR), (2026, 3, 4, 10, 0), (2026, 3, 4, 11, 0)),
        (Pace(Every.DAY, at=time(8)), (2026, 3, 4, 7, 59), (2026, 3, 4, 8, 0)),
        (Pace(Every.DAY, at=time(8)), (2026, 3, 4, 8, 0), (2026, 3, 5, 8, 0)),
        (Pace(Every.DAY, at=time(8)), (2026, 12, 31, 9, 0), (2027, 1, 1, 8, 0)),
        # The clock jumps from 2 to 3 on March 8, 2026, and goes from 2 back to 1 on November 1.
        (Pace(Every.DAY, at=time(8)), (2026, 3, 7, 12, 0), (2026, 3, 8, 8, 0)),
        (Pace(Every.DAY, at=time(8)), (2026, 10, 31, 12, 0), (2026, 11, 1, 8, 0)),
        (Pace(Every.DAY, at=time(2, 30)), (2026, 3, 8, 0, 0), (2026, 3, 8, 3, 30)),
        (Pace(Every.WEEK, weekday=0, at=time(8)), (2026, 3, 4, 10, 0), (2026, 3, 9, 8, 0)),
        (Pace(Every.WEEK, weekday=2, at=time(8)), (2026, 3, 4, 7, 0), (2026, 3, 4, 8, 0)),
        (Pace(Every.WEEK, weekday=2, at=time(8)), (2026, 3, 4, 9, 0), (2026, 3, 11, 8, 0)),
    ],
)
def test_when_a_digest_is_due(pace: Pace, now: tuple[int, ...], due: tuple[int, ...]) -> None:
    assert due_after(pace, Hours(), local(*now)) == local(*due)


@pytest.mark.parametrize(
    ("hours", "at", "until"),
    [
        (Hours(), (2026, 3, 4, 3, 0), (2026, 3, 4, 3, 0)),
        (NIGHT, (2026, 3, 4, 21, 59), (2026, 3, 4, 21, 59)),
        (NIGHT, (2026, 3, 4, 22, 0), (2026, 3, 5, 7, 0)),
        (NIGHT, (2026, 3, 5, 6, 59), (2026, 3, 5, 7, 0)),
        (NIGHT, (2026, 3, 5, 7, 0), (2026, 3, 5, 7, 0)),
        (Hours(begins=time(12), ends=time(14)), (2026, 3, 4, 13, 0), (2026, 3, 4, 14, 0)),
        # Friday night; Saturday and Sunday are quiet, and the night after them.
        (
            Hours(begins=time(22), ends=time(7), weekdays=frozenset({5, 6})),
            (2026, 3, 6, 23, 0),
            (2026, 3, 9, 7, 0),
        ),
        (
            Hours(weekdays=frozenset({5, 6}), holidays=frozenset({date(2026, 9, 7)})),
            (2026, 9, 5, 12, 0),
            (2026, 9, 8, 0, 0),
        ),
        # The night of each change of the clock ends at seven.
        (NIGHT, (2026, 3, 7, 23, 0), (2026, 3, 8, 7, 0)),
        (NIGHT, (2026, 10, 31, 23, 0), (2026, 11, 1, 7, 0)),
        # Half past two does not come; at three it is not quiet.
        (Hours(begins=time(1), ends=time(2, 30)), (2026, 3, 8, 1, 30), (2026, 3, 8, 3, 0)),
    ],
)
def test_until_when_it_is_quiet(hours: Hours, at: tuple[int, ...], until: tuple[int, ...]) -> None:
    assert quiet_until(hours, local(*at)) == local(*until)


def test_an_hour_that_comes_twice_is_quiet_twice() -> None:
    hours = Hours(begins=time(1), ends=time(1, 30))
    again = local(2026, 11, 1, 1, 10, fold=1)
    assert quiet_until(hours, again) == local(2026, 11, 1, 1, 30, fold=1)


MOMENTS = st.integers(0, 730 * 86_400).map(
    lambda late: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=late)
)
CLOCKS = st.times().map(lambda found: found.replace(second=0, microsecond=0))
PACES = st.builds(
    Pace,
    st.sampled_from([Every.HOUR, Every.DAY, Every.WEEK]),
    weekday=st.integers(0, 6),
    at=CLOCKS,
)
HOURS = st.builds(
    Hours,
    zone=st.sampled_from(ZONES),
    begins=CLOCKS,
    ends=CLOCKS,
    weekdays=st.frozensets(st.integers(0, 6), max_size=3),
    holidays=st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5),
)


@given(PACES, HOURS, MOMENTS)
def test_a_digest_is_due_later_and_no_moment_before_it_is_passed_over(
    pace: Pace, hours: Hours, now: datetime
) -> None:
    due = due_after(pace, hours, now)
    longest = {Every.HOUR: timedelta(hours=1), Every.DAY: timedelta(hours=25)}
    assert now < due <= now + longest.get(pace.every, timedelta(days=7, hours=1))
    halfway = now + (due - now) / 2
    assert due_after(pace, hours, halfway) == due


@given(HOURS, MOMENTS)
def test_quiet_ends_where_it_is_no_longer_quiet(hours: Hours, at: datetime) -> None:
    until = quiet_until(hours, at)
    assert until >= at
    assert quiet_until(hours, until) == until
    if until > at:
        just_before = at + (until - at) / 2
        assert quiet_until(hours, just_before) == until
