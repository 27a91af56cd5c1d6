"""Times of feeds and APIs as aware UTC; the court's own days as dates."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

#: Zone names that courts print and `email.utils` does not know, in hours from UTC.
_ZONES = {
    "AKST": -9,
    "AKDT": -8,
    "HST": -10,
    "HDT": -9,
    "CHST": 10,
    "AST": -4,
    "ADT": -3,
    "SST": -11,
}
_ZONES |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
#: `date.fromisoformat` reads "20260302" and weeks too.
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def parse_feed_time(raw: str) -> datetime | None:
    """The moment that an RSS date names, or None where it names none for certain.

    A zone that we do not know costs one item its time, never the feed.

    >>> parse_feed_time("Fri, 03 Feb 2023 09:05:16 MST").isoformat()
    '2023-02-03T16:05:16+00:00'
    >>> parse_feed_time("Fri, 03 Feb 2023 09:05:16 XYZ") is None
    True
    """
    text, _, zone = raw.strip().rpartition(" ")
    hours = _ZONES.get(zone.upper())
    try:
        if hours is None:
            moment = parsedate_to_datetime(raw.strip())
        else:
            naive = parsedate_to_datetime(f"{text} +0000")
            moment = naive.replace(tzinfo=timezone(timedelta(hours=hours)))
    except (ValueError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None or sane_day(moment.date()) is None:
        return None
    return moment.astimezone(UTC)


def parse_iso_time(raw: object) -> datetime | None:
    """An ISO 8601 moment with an offset, as UTC; None for anything else."""
    if not isinstance(raw, str):
        return None
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo and sane_day(moment.date()) else None


def parse_iso_date(raw: object) -> date | None:
    """A calendar day `YYYY-MM-DD`; None for anything else."""
    if not isinstance(raw, str) or not _DAY.fullmatch(raw):
        return None
    try:
        return sane_day(date.fromisoformat(raw))
    except ValueError:
        return None


def sane_day(day: date) -> date | None:
    """A day on which something may have been filed; None for "0001-01-01" and the like.

    >>> sane_day(date(1, 1, 1)) is None
    True
    """
    return day if 1789 <= day.year <= 2200 else None


def court_day(moment: datetime, zone: str) -> date:
    """The court's calendar day: a filing at 20:00 in Washington carries the next UTC day.

    >>> court_day(datetime(2026, 1, 6, 1, 0, tzinfo=UTC), "America/New_York").isoformat()
    '2026-01-05'
    """
    return moment.astimezone(ZoneInfo(zone)).date()
