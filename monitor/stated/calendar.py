"""The hearings and deadlines of a docket, from the entries that state, restate and cancel them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from datetime import time as TimeOfDay  # noqa: N812 - a field is called `time`

from monitor.model.docket import DocketEntry
from monitor.stated.book import Book, CalendarItem

__all__ = ["CalendarItem", "CalendarLine", "docket_calendar"]


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A stated hearing or deadline. Unofficial: what counts is the entry."""

    case_id: str
    case_label: str
    docket_id: str
    court_id: str
    docket_number: str
    #: `hearing` or `deadline`.
    kind: str
    day: date
    #: By the clock of the court; None where the text states none.
    time: TimeOfDay | None
    what: str
    place: str
    is_cancelled: bool
    #: The words from which it was read, and the entry in which they stand.
    words: str
    entry_id: str
    entry_number: int | None
    date_filed: date | None
    url: str
    #: Its name in calendars, the same whoever restates it.
    uid: str
    #: The entry that cancels it, where another one does.
    cancelled_by: str
    #: It stands, and a later entry may have moved or cancelled it: that one.
    is_doubtful: bool = False
    doubted_by: str = ""
    doubted_by_number: int | None = None


def docket_calendar(entries: Iterable[DocketEntry]) -> tuple[CalendarItem, ...]:
    """What the entries of one docket state, in the order of filing; the earliest day first."""
    book = Book()
    for entry in entries:
        book.read(entry)
    return tuple(sorted(book.items, key=_order))


def _order(item: CalendarItem) -> tuple[date, str, str]:
    at = item.stated.time.isoformat() if item.stated.time else ""
    return item.day, at, item.uid
