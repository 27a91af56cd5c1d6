"""A calendar of stated hearings and deadlines, as iCalendar (RFC 5545): each cites its entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from monitor.model.court import court
from monitor.normalize.text import plain
from monitor.render.message import place_words, short_number
from monitor.stated.calendar import CalendarLine

if TYPE_CHECKING:
    from icalendar import Event

_UNOFFICIAL = (
    "Unofficial: read by a program from the words of a docket entry. Courts move days, and may say "
    "so where no program sees it. Read the docket before you rely on it."
)
_LONGEST_NAME, _LONGEST_WORDS = 120, 500
#: No entry says how long a hearing takes.
_HEARING = timedelta(hours=1)
_NO_DAY = date(1970, 1, 1)


def ics_of(name: str, lines: Iterable[CalendarLine]) -> bytes:
    """The calendar of these days. The same lines make the same bytes."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//docket-monitor//stated days//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", plain(name, _LONGEST_NAME))
    calendar.add("x-wr-caldesc", _UNOFFICIAL)
    for line in lines:
        calendar.add_component(_event(line))
    return bytes(calendar.to_ical())


def _event(line: CalendarLine) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{line.uid}@docket-monitor")
    # The moment of the entry: that of the writing would make another file at each writing.
    event.add("dtstamp", datetime.combine(line.date_filed or _NO_DAY, datetime.min.time(), UTC))
    for key, value in _times(line).items():
        event.add(key, value)
    event.add("summary", _summary(line))
    event.add("description", _description(line))
    # Never "CONFIRMED": no court says it, a program read it.
    event.add("status", "CANCELLED" if line.is_cancelled else "TENTATIVE")
    event.add("categories", [line.kind])
    if line.place:
        event.add("location", plain(line.place, _LONGEST_NAME))
    # The library refuses an address over several lines, and one event more or less is no calendar.
    if line.url and line.url.isprintable():
        event.add("url", line.url)
    return event


def _times(line: CalendarLine) -> dict[str, date | datetime]:
    """Beginning and end: a whole day where no hour is stated, and for deadlines."""
    if line.time is None or line.kind != "hearing":
        return {"dtstart": line.day, "dtend": line.day + timedelta(days=1)}
    zone = ZoneInfo(court(line.court_id).timezone)
    begins = datetime.combine(line.day, line.time, zone).astimezone(UTC)
    return {"dtstart": begins, "dtend": begins + _HEARING}


def _summary(line: CalendarLine) -> str:
    gone = "CANCELLED: " if line.is_cancelled else "DOUBTFUL: " if line.is_doubtful else ""
    by = f" by {line.time:%H:%M}" if line.time and line.kind != "hearing" else ""
    what = plain(line.what, _LONGEST_NAME) or line.kind
    due = f"Due{by}: {what}" if line.kind != "hearing" else what
    where = place_words(line.court_id, short_number(line.docket_number))
    return f"{gone}{due[:1].upper()}{due[1:]} — {plain(line.case_label)} ({where})"


def _description(line: CalendarLine) -> str:
    number = f"entry {line.entry_number}" if line.entry_number else "an unnumbered entry"
    filed = f", filed {line.date_filed.isoformat()}" if line.date_filed else ""
    said = f"Stated by {number}{filed}: “{plain(line.words, _LONGEST_WORDS)}”"
    return "\n\n".join(filter(None, (said, _doubt(line), _UNOFFICIAL)))


def _doubt(line: CalendarLine) -> str:
    if not line.is_doubtful:
        return ""
    number = f"Entry {line.doubted_by_number}" if line.doubted_by_number else "A later entry"
    return f"{number} may have moved or cancelled it: its words leave that open."
