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
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONGEST = 80
#: What a feed may print: the standard library reads all sorts of signs as some date.
_FEED_TIME = re.compile(
    r"(?:[a-z]{3,9}\.?,? )?"
    r"(?P<day>\d{1,2}[ -](?P<month>[a-z]{3,9})\.?[ -]\d{2,4}"
    r"|\d{4}(?P<sign>[/.-])\d{1,2}(?P=sign)\d{1,2})"
    r",?(?: |T)(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)? ?(?P<half>[ap]\.?m\.?)?"
    r" ?(?P<zone>[+-]\d{2}:?\d{2}|[a-z]{1,5})?(?: \([^()]*\))?",
    re.IGNORECASE | re.ASCII,
)
#: `date.fromisoformat` reads "20260302" and weeks too.
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def parse_feed_time(raw: str, naive: timezone | None = None) -> datetime | None:
    """The moment that an RSS date names, or None where it names none for certain.

    A zone that we do not know costs one item its time, never the feed. Without a zone it is in
    `naive`, or names no moment.

    >>> parse_feed_time("Fri, 03 Feb 2023 09:05:16 MST").isoformat()
    '2023-02-03T16:05:16+00:00'
    >>> parse_feed_time("Fri, 03 Feb 2023 09:05:16 XYZ") is None
    True
    """
    text = " ".join(raw[:_LONGEST].split())
    found = _FEED_TIME.fullmatch(text)
    if found is None:
        return parse_iso_time(text)
    day = found["day"] if found["month"] else _worded(found)
    hours = _ZONES.get((found["zone"] or "").upper())
    zone = "+0000" if hours is not None else (found["zone"] or "").replace(":", "")
    try:
        moment = parsedate_to_datetime(f"{day} {_of_day(found)} {zone}".strip())
        if hours is not None:
            moment = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
        if moment.tzinfo is None and not found["zone"]:
            moment = moment.replace(tzinfo=naive)
        return moment.astimezone(UTC) if moment.tzinfo and sane_day(moment.date()) else None
    except (ValueError, IndexError, OverflowError):
        return None


def _worded(found: re.Match[str]) -> str:
    """2026/11/27 in the words that the standard library reads rightly."""
    year, month, day = re.split(r"[/.-]", found["day"])
    return f"{day} {MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else 'Non'} {year}"


def _of_day(found: re.Match[str]) -> str:
    """The time of day in 24 hours. Raises ValueError for one that no clock of 12 hours shows."""
    if not found["half"]:
        return found["time"]
    hour, _, rest = found["time"].partition(":")
    if not 1 <= int(hour) <= 12:
        raise ValueError(f"{found['time']} {found['half']} is no time of day")
    late = 12 if found["half"][0] in "pP" else 0
    return f"{int(hour) % 12 + late:02d}:{rest}"


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
