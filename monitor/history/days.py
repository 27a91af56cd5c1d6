"""The days and moments that a person asks by: one reader for commands, pages and search.

2026-03-05, today, yesterday, 7d, 2w, 12h, P7D
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.errors import UsageError
from monitor.history.questions import AsOf, day_begins
from monitor.model.court import court

#: Whose days are meant where no court is named: the cases are in Washington.
WASHINGTON = "dcd"
DAYS = "write 2026-03-05, today, yesterday, or how long ago: 7d, 2w, 12h"

#: Beyond these the calendar ends before a zone or a length of time is reckoned with.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
BOUNDS = f"name a day from {_FIRST_YEAR} to {_LAST_YEAR}"

#: ISO 8601, as far as its lengths are certain, and as people write them. None of so few digits
#: begins before the calendar does.
_ISO = re.compile(
    r"p(?=.)(?:(?P<weeks>\d{1,4})w)?(?:(?P<days>\d{1,4})d)?(?:t(?P<hours>\d{1,4})h)?", re.ASCII
)
_SHORT = re.compile(r"(?P<count>\d{1,4}) ?(?P<unit>[wdh]|weeks?|days?|hours?)", re.ASCII)
#: Months and years have no certain length, and "3m" may be three minutes.
_UNCERTAIN = re.compile(r"p?\d{1,4} ?(?:m|mon|months?|y|years?)", re.ASCII)
_UNITS = {"w": "weeks", "d": "days", "h": "hours"}
_NAMED = {"today": timedelta(), "yesterday": timedelta(days=1)}


def read_day(raw: str, now: datetime, court_id: str = WASHINGTON) -> date:
    """The day that somebody names, where this court is. Raises UsageError for what is none.

    >>> evening = datetime(2026, 3, 5, 2, tzinfo=UTC)
    >>> [str(read_day(said, evening)) for said in ("today", "yesterday", "1w", "2026-03-05")]
    ['2026-03-04', '2026-03-03', '2026-02-25', '2026-03-05']
    """
    said = raw.strip().lower()
    zone = ZoneInfo(court(court_id).timezone)
    if (ago := length_ago(said)) is not None:
        # Days are counted on the calendar: a week in which the clock is set has seven, too.
        return (now.astimezone(zone) - ago).date()
    if said in _NAMED:
        return now.astimezone(zone).date() - _NAMED[said]
    if (day := _calendar_day(said)) is not None and is_within_bounds(day):
        return day
    raise UsageError(f"{raw!r} is no day: {_remedy(said)}")


def read_moment(raw: str, now: datetime, court_id: str = WASHINGTON) -> datetime:
    """Since when: so long ago, else the beginning of the day that is named. Raises UsageError."""
    if (ago := length_ago(raw)) is not None:
        return now - ago
    return day_begins(read_day(raw, now, court_id), court_id)


def read_as_of(raw: str, now: datetime, court_id: str = WASHINGTON) -> AsOf:
    """The end of a day in each court's zone, or a moment with its zone. Raises UsageError."""
    if "h" in raw.lower() and (ago := length_ago(raw)) is not None:
        return now - ago
    if (moment := _moment(raw.strip())) is not None:
        return moment
    try:
        return read_day(raw, now, court_id)
    except UsageError as exc:
        remedy = _remedy(raw.strip().lower())
        raise UsageError(
            f"{raw!r} is no day and no moment: {remedy}, or 2026-03-05T10:30:00Z"
        ) from exc


def is_within_bounds(day: date) -> bool:
    """Whether somebody may ask by this day or moment: it can be reckoned with in every zone."""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def length_ago(raw: str) -> timedelta | None:
    """How long ago somebody means; None for what is no length of time.

    >>> length_ago("2w"), length_ago("P1DT12H"), length_ago("3 days"), length_ago("3m")
    (datetime.timedelta(days=14), datetime.timedelta(days=1, seconds=43200), \
datetime.timedelta(days=3), None)
    """
    said = raw.strip().lower()
    if short := _SHORT.fullmatch(said):
        return timedelta(**{_UNITS[short["unit"][0]]: int(short["count"])})
    if long := _ISO.fullmatch(said):
        return timedelta(**{unit: int(n) for unit, n in long.groupdict().items() if n})
    return None


def _calendar_day(said: str) -> date | None:
    """`date.fromisoformat` reads "20260302" and weeks too."""
    if len(said) != len("2026-03-05"):
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _moment(said: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(said)
        return at.astimezone(UTC) if at.tzinfo and is_within_bounds(at) else None
    except (ValueError, OverflowError):
        return None


def _remedy(said: str) -> str:
    if _UNCERTAIN.fullmatch(said):
        return "months and years have no certain length: write it in days or weeks, as 90d or 12w"
    day = _calendar_day(said[: len("2026-03-05")])
    return DAYS if day is None or is_within_bounds(day) else BOUNDS
