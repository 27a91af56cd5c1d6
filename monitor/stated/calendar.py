"""The hearings and deadlines of a docket, from the entries that state, restate and cancel them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from monitor.model.docket import DocketEntry
from monitor.stated.dates import StatedDate, is_same_matter, stated_dates


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """A hearing or deadline, with the entry that says so; unofficial, as a reading of its words."""

    #: Its name in calendars: made of the first statement, and the same whoever restates it.
    uid: str
    #: The entry that it was read from, the latest that states it.
    entry: DocketEntry
    stated: StatedDate
    #: The entry that cancels it; None while it stands.
    cancelled_by: DocketEntry | None = None

    @property
    def is_cancelled(self) -> bool:
        return self.stated.is_cancelled or self.cancelled_by is not None

    @property
    def day(self) -> date:
        return self.stated.day


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
    time: time | None
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


def docket_calendar(entries: Iterable[DocketEntry]) -> tuple[CalendarItem, ...]:
    """What the entries of one docket state, in the order of filing; the earliest day first."""
    items: list[CalendarItem] = []
    for entry in entries:
        for stated in stated_dates(entry.text, entry.date_filed):
            _take(items, entry, stated)
    return tuple(sorted(items, key=_order))


def _order(item: CalendarItem) -> tuple[date, str, str]:
    at = item.stated.time.isoformat() if item.stated.time else ""
    return item.day, at, item.uid


def _take(items: list[CalendarItem], entry: DocketEntry, stated: StatedDate) -> None:
    known = [place for place, item in enumerate(items) if _is_about(item.stated, stated, items)]
    if not known:
        items.append(CalendarItem(_uid(entry, stated), entry, stated))
        return
    for place in known:
        items[place] = _after(items[place], entry, stated)


def _uid(entry: DocketEntry, stated: StatedDate) -> str:
    about = (entry.entry_id, stated.kind.value, stated.day.isoformat(), stated.what)
    return hashlib.blake2b("\x1f".join(about).encode(), digest_size=12).hexdigest()


def _after(item: CalendarItem, entry: DocketEntry, stated: StatedDate) -> CalendarItem:
    """What is known of it after a later entry; who sets it again undoes a cancellation."""
    if stated.is_cancelled:
        return replace(item, cancelled_by=entry)
    fuller = replace(
        stated,
        time=stated.time or item.stated.time,
        place=stated.place or item.stated.place,
        what=stated.what or item.stated.what,
    )
    return replace(item, entry=entry, stated=fuller, cancelled_by=None)


def _is_about(known: StatedDate, later: StatedDate, items: Sequence[CalendarItem]) -> bool:
    """Whether a later entry speaks of the same matter.

    A cancellation often names the day alone; where one matter of its kind stands there, it is that.
    """
    if (known.kind, known.day) != (later.kind, later.day):
        return False
    if is_same_matter(known, later):
        return True
    alike = [one for one in items if (one.stated.kind, one.day) == (later.kind, later.day)]
    return later.is_cancelled and len(alike) == 1
