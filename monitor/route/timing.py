"""When a notification is sent: the next digest, and the end of quiet hours.

A digest falls due once a day also where the clock is set forward or back that day: what is due is a
moment, worked out from the recipient's wall clock, and the next one always lies behind it.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.model.timing import Every, Hours, Pace

_DAY = timedelta(days=1)
#: Holidays in a row; a year that is quiet throughout ends nowhere.
_MOST_DAYS = 370


def due_after(pace: Pace, hours: Hours, now: datetime) -> datetime:
    """When what is found now is sent, quiet hours aside; `now` itself where it is sent at once."""
    if pace.every is Every.NOW:
        return now
    if pace.every in {Every.WINDOW, Every.SILENCE}:
        return now + pace.window
    if pace.every is Every.HOUR:
        return _next_hour(now, ZoneInfo(hours.zone))
    return _next_of_days(pace, ZoneInfo(hours.zone), now)


def due_before(pace: Pace, hours: Hours, now: datetime) -> datetime:
    """The last moment at or before `now` at which what is sent daily or weekly fell due."""
    zone = ZoneInfo(hours.zone)
    today = now.astimezone(zone).date()
    for back in range(9):
        on = today - back * _DAY
        is_its_day = pace.every is not Every.WEEK or on.weekday() == pace.weekday
        if is_its_day and (due := _moment(on, pace.at, zone)) <= now:
            return due
    raise AssertionError("a week has seven days")


def quiet_until(hours: Hours, at: datetime) -> datetime:
    """The moment at or after `at` from which something may be sent to him."""
    zone, moment = ZoneInfo(hours.zone), at
    for _ in range(2 * _MOST_DAYS):
        local = moment.astimezone(zone)
        end = _end_of_quiet(hours, local)
        if end is None:
            return moment
        moment = _until(moment, _moment(*end, zone, local.fold), zone)
    return moment


def _until(moment: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """The end; or the change of the clock before it, behind which it may not be quiet.

    Else what came in before the change would wait longer than what comes in after it.
    """
    start = moment.replace(microsecond=0)
    before = start.astimezone(zone).utcoffset()

    def is_changed(seconds: int) -> bool:
        return (start + timedelta(seconds=seconds)).astimezone(zone).utcoffset() != before

    between = int((end - start).total_seconds())
    if not is_changed(between):
        return end
    return start + timedelta(seconds=bisect_left(range(between), True, key=is_changed))


def _next_hour(now: datetime, zone: ZoneInfo) -> datetime:
    local = now.astimezone(zone)
    # Counted from this moment: where an hour comes twice, there are two digests.
    rest = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return now - rest + timedelta(hours=1)


def _next_of_days(pace: Pace, zone: ZoneInfo, now: datetime) -> datetime:
    today = now.astimezone(zone).date()
    for ahead in range(9):
        on = today + ahead * _DAY
        is_its_day = pace.every is Every.DAY or on.weekday() == pace.weekday
        if is_its_day and (due := _moment(on, pace.at, zone)) > now:
            return due
    raise AssertionError("a week has seven days")


def _end_of_quiet(hours: Hours, local: datetime) -> tuple[date, time] | None:
    """The day and time at which the quiet that holds at this local time ends; None: it is not."""
    day, clock = local.date(), local.time().replace(tzinfo=None)
    if day in hours.holidays or day.weekday() in hours.weekdays:
        return day + _DAY, time()
    begins, ends = hours.begins, hours.ends
    if begins < ends and begins <= clock < ends:
        return day, ends
    if begins > ends and clock >= begins:
        return day + _DAY, ends
    if begins > ends and clock < ends:
        return day, ends
    return None


def _moment(day: date, clock: time, zone: ZoneInfo, fold: int = 0) -> datetime:
    """A wall clock's moment; `fold` 1 is the second one, where an hour comes twice."""
    return datetime.combine(day, clock.replace(fold=fold), tzinfo=zone).astimezone(UTC)
