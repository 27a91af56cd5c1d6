"""Over each change of the clock, in zones that change it in other ways: the wall clock decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.model.timing import Every, Hours, Pace
from monitor.route.timing import due_after, due_before, quiet_until
from tests.make import DAY, HOUR, MINUTE

NEW_YORK = "America/New_York"
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
#: Havana changes at midnight, Lord Howe by half an hour, Casablanca four times a year.
ZONES = (NEW_YORK, "Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "Africa/Casablanca")
CLOCKS = st.times().map(lambda found: found.replace(second=0, microsecond=0))


def _changes() -> list[tuple[str, datetime]]:
    """The zones, and the hour within which each changes its clock in 2026."""
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    hours = [begins + hour * HOUR for hour in range(365 * 24)]
    return [
        (name, one)
        for name in ZONES
        for one, next_one in pairwise(hours)
        if one.astimezone(ZoneInfo(name)).utcoffset()
        != next_one.astimezone(ZoneInfo(name)).utcoffset()
    ]


CHANGES = st.sampled_from(_changes())
NEAR = st.integers(-3 * 24 * 60, 24 * 60).map(lambda late: late * MINUTE)


def dues(pace: Pace, zone: str, since: datetime) -> Iterator[datetime]:
    """Every moment at which it falls due, one after another."""
    while True:
        since = due_after(pace, Hours(zone), since)
        yield since


def is_quiet(hours: Hours, at: datetime) -> bool:
    """What the wall clock and the calendar say."""
    local = at.astimezone(ZoneInfo(hours.zone))
    clock, begins, ends = local.time(), hours.begins, hours.ends
    at_night = clock >= begins or clock < ends if begins > ends else begins <= clock < ends
    return at_night or local.date() in hours.holidays


@given(CHANGES, CLOCKS, NEAR)
@example((NEW_YORK, datetime(2026, 3, 8, 6, tzinfo=UTC)), time(2, 30), -2 * DAY)
@example((NEW_YORK, datetime(2026, 11, 1, 5, tzinfo=UTC)), time(1, 30), -2 * DAY)
def test_a_daily_digest_falls_due_once_on_each_day(
    change: tuple[str, datetime], at: time, near: timedelta
) -> None:
    zone, moment = change
    due = list(islice(dues(Pace(Every.DAY, at=at), zone, moment + near), 6))
    days = [one.astimezone(ZoneInfo(zone)).date() for one in due]
    assert [later - earlier for earlier, later in pairwise(days)] == [DAY] * 5
    for last, next_one in pairwise(due):
        # What a restart finds to have fallen due is the same: a briefing is made once a day.
        assert due_before(Pace(Every.DAY, at=at), Hours(zone), next_one - MINUTE) == last
        assert due_before(Pace(Every.DAY, at=at), Hours(zone), next_one) == next_one


@given(CHANGES, NEAR)
def test_an_hourly_digest_misses_no_hour_and_has_none_twice(
    change: tuple[str, datetime], near: timedelta
) -> None:
    zone, moment = change
    due = list(islice(dues(Pace(Every.HOUR), zone, moment + near), 30))
    rests = [later - earlier for earlier, later in pairwise(due)]
    # Half an hour, where the clock is changed by half an hour.
    assert all(rest in {HOUR, HOUR / 2} for rest in rests)
    assert rests.count(HOUR / 2) <= (zone == "Australia/Lord_Howe")


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_a_day_has_as_many_hourly_digests_as_hours(day: date, hours: int) -> None:
    zone = ZoneInfo(NEW_YORK)
    begins = datetime.combine(day, time(), zone).astimezone(UTC) - MINUTE
    due = list(islice(dues(Pace(Every.HOUR), NEW_YORK, begins), 30))
    assert sum(one.astimezone(zone).date() == day for one in due) == hours


@given(CHANGES, CLOCKS, CLOCKS, st.integers(-1, 1), NEAR)
@example((NEW_YORK, datetime(2026, 3, 8, 6, tzinfo=UTC)), time(1, 30), time(2, 30), 1, 45 * MINUTE)
@example((NEW_YORK, datetime(2026, 11, 1, 5, tzinfo=UTC)), time(1, 30), time(2, 30), 1, 45 * MINUTE)
@example((NEW_YORK, datetime(2026, 11, 1, 5, tzinfo=UTC)), time(22), time(7), 1, -6 * HOUR)
def test_quiet_ends_at_the_first_minute_that_is_not_quiet(
    change: tuple[str, datetime], begins: time, ends: time, holiday: int, near: timedelta
) -> None:
    zone, moment = change
    day = moment.astimezone(ZoneInfo(zone)).date() + holiday * DAY
    hours = Hours(zone, begins, ends, holidays=frozenset({day}))
    until = at = moment + near
    while is_quiet(hours, until):
        until += MINUTE
    assert quiet_until(hours, at) == until
