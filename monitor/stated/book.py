"""The calendar of a docket while its entries are read: what stands, and what a later one undoes.

To cancel what stands is as bad as to keep what does not. So an entry cancels where it names one
matter; where it may mean another, both stand, and the earlier says by which entry it is doubted.
"""

from __future__ import annotations

import functools
import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from monitor.model.docket import DocketEntry
from monitor.normalize.text import plain
from monitor.stated.dates import READ, StatedDate, is_same_matter, stated_dates
from monitor.stated.kind import StatedKind
from monitor.stated.matter import (
    About,
    Like,
    about,
    is_apart,
    is_briefing,
    is_once,
    likeness,
    refers_elsewhere,
)
from monitor.stated.moves import Moves
from monitor.stated.undone import Undone, undone

#: As much of an entry says whether a hearing was held.
_HEAD = 2_000
_HELD = re.compile(r"\b(?:(?<!be )held|heard|minute entry|begun|appeared)\b", re.IGNORECASE)


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
    #: A later entry that may have moved or cancelled it; None where none is known.
    doubted_by: DocketEntry | None = None

    @property
    def is_cancelled(self) -> bool:
        return self.stated.is_cancelled or self.cancelled_by is not None

    @property
    def is_doubtful(self) -> bool:
        return self.doubted_by is not None and not self.is_cancelled

    @property
    def day(self) -> date:
        return self.stated.day


@dataclass(slots=True)
class Book:
    """The items of one docket so far, in the order in which they were first stated."""

    items: list[CalendarItem] = field(default_factory=list)
    #: What each entry is about, by its id; and which entries each refers to, by its number.
    _about: dict[str, About] = field(default_factory=dict)
    _refers: dict[int, frozenset[int]] = field(default_factory=dict)

    def read(self, entry: DocketEntry) -> None:
        """Take the next entry: first what it cancels, then what it sets, then what it undoes."""
        told, taken_back, said = _read(entry.text, entry.date_filed)
        if told or taken_back or entry.entry_number is not None:
            self._note(entry, said)
        for stated in sorted(told, key=lambda one: not one.is_cancelled):
            if not stated.is_cancelled:
                self._supersede(entry, stated)
            self._take(entry, stated)
        for one in taken_back:
            self._undo(entry, one)

    def _note(self, entry: DocketEntry, said: About) -> None:
        own = frozenset() if entry.entry_number is None else frozenset((entry.entry_number,))
        further = (self._refers.get(number, frozenset()) for number in said.rules_on)
        refers = said.refers.union(*further)
        self._about[entry.entry_id] = replace(said, refers=refers)
        for number in own:
            self._refers[number] = refers

    # --- one more statement ---

    def _take(self, entry: DocketEntry, stated: StatedDate) -> None:
        known = [n for n, item in enumerate(self.items) if self._is_known(item.stated, stated)]
        known = known or self._of_another_hour(entry, stated)
        if stated.is_cancelled and not known:
            self._doubt(self._of_kind_then(stated), entry)
        if not known:
            self.items.append(CalendarItem(_uid(entry, stated), entry, stated))
        for place in known:
            self.items[place] = _after(self.items[place], entry, stated)

    def _is_known(self, known: StatedDate, later: StatedDate) -> bool:
        """Whether a later entry speaks of the same matter.

        A cancellation often names the day alone; where one matter of its kind stands there, it is
        that.
        """
        if (known.kind, known.day) != (later.kind, later.day):
            return False
        if is_same_matter(known, later):
            return True
        return later.is_cancelled and len(self._of_kind_then(later)) == 1

    def _of_kind_then(self, stated: StatedDate) -> list[int]:
        then = stated.kind, stated.day
        return [n for n, one in enumerate(self.items) if (one.stated.kind, one.day) == then]

    def _of_another_hour(self, entry: DocketEntry, stated: StatedDate) -> list[int]:
        """The hearing that changes its hour on its day; where that is open, it is doubted."""
        if stated.kind is not StatedKind.HEARING or stated.is_cancelled:
            return []
        places = [n for n in self._open(entry, stated.kind) if self.items[n].day == stated.day]
        places = self._alike(places, entry, stated.what)
        # Two motions are heard on one day, each at its hour.
        places = [n for n in places if not self._is_elsewhere(self.items[n], entry)]
        if stated.moves is Moves.YES and len(places) == 1:
            return places
        self._doubt([n for n in places if self._is_named(n, stated.what)], entry)
        return []

    # --- a later day in place of an earlier one ---

    def _supersede(self, entry: DocketEntry, stated: StatedDate) -> None:
        if stated.moves is Moves.NO and not is_once(stated.what):
            return
        if self._is_settled(entry, stated.kind, stated.what) or self._stands_then(entry, stated):
            return
        places = [n for n in self._open(entry, stated.kind) if self.items[n].day != stated.day]
        places = self._alike(places, entry, stated.what)
        if stated.moves is Moves.NO:
            places = [n for n in places if self._is_named(n, stated.what)]
        is_sure = stated.moves is Moves.YES and self._is_clear(places, entry, stated)
        self._end(places, entry, is_sure)

    def _is_clear(self, places: list[int], entry: DocketEntry, stated: StatedDate) -> bool:
        """Whether there is one that it can mean, which is still to come, and of the same papers."""
        if len(places) != 1 or entry.date_filed is None:
            return False
        item = self.items[places[0]]
        least = Like.PERHAPS if stated.kind is StatedKind.HEARING else Like.SAME
        is_enough = self._like(places[0], stated.what) >= least
        return is_enough and item.day > entry.date_filed and not self._is_elsewhere(item, entry)

    def _stands_then(self, entry: DocketEntry, stated: StatedDate) -> bool:
        """Whether it is known for that day already, and said once more."""
        return any(
            not item.is_cancelled and item.entry.entry_id != entry.entry_id
            for item in self.items
            if self._is_known(item.stated, stated)
        )

    def _is_settled(self, entry: DocketEntry, kind: StatedKind, what: str) -> bool:
        """Whether this entry itself has named the day that falls."""
        # Of one entry "the hearing" is the one named before; "brief" and "reply brief" are two.
        least = Like.PERHAPS if kind is StatedKind.HEARING else Like.SAME
        return any(
            _ended_by(item) == entry.entry_id
            for item in self.items
            if item.stated.kind is kind and likeness(kind, item.stated.what, what) >= least
        )

    # --- what is taken back without a day ---

    def _undo(self, entry: DocketEntry, one: Undone) -> None:
        if one.kind is None or not (one.what or one.is_briefing):
            kinds = StatedKind if one.kind is None else (one.kind,)
            places = [n for kind in kinds for n in self._open(entry, kind)]
            self._end(places, entry, one.is_sure and entry.date_filed is not None)
        elif one.is_briefing:
            self._undo_briefing(entry, one)
        elif not self._is_settled(entry, one.kind, one.what):
            places = self._of_day(self._open(entry, one.kind), one.day)
            places = self._alike(places, entry, one.what)
            is_near = all(self._like(n, one.what) > Like.FAR for n in places)
            is_one = len(places) == 1 and is_near and entry.date_filed is not None
            self._end(places, entry, one.is_sure and is_one)

    def _undo_briefing(self, entry: DocketEntry, one: Undone) -> None:
        """A briefing schedule: one that one entry set; of several it is open which."""
        places = self._of_day(self._open(entry, StatedKind.DEADLINE), one.day)
        places = [n for n in places if is_briefing(self.items[n].stated.what)]
        is_one = len({self.items[n].entry.entry_id for n in places}) == 1
        self._end(places, entry, one.is_sure and is_one and entry.date_filed is not None)

    def _of_day(self, places: list[int], day: tuple[int, int] | None) -> list[int]:
        if day is None:
            return places
        return [n for n in places if (self.items[n].day.month, self.items[n].day.day) == day]

    # --- which ones, and their end ---

    def _open(self, entry: DocketEntry, kind: StatedKind) -> list[int]:
        """Those of this kind that stand, lie ahead, and are none of this entry's own."""
        since = _since(entry)
        return [
            place
            for place, item in enumerate(self.items)
            if item.stated.kind is kind
            and not item.is_cancelled
            and item.entry.entry_id != entry.entry_id
            and (since is None or item.day >= since)
        ]

    def _alike(self, places: list[int], entry: DocketEntry, what: str) -> list[int]:
        """Those that the name can mean: of the same name, or else of one like it."""
        said = self._about[entry.entry_id]
        places = [n for n in places if not is_apart(self._of(n), said)]
        best = max((self._like(n, what) for n in places), default=Like.NOT)
        found = [n for n in places if best and self._like(n, what) is best]
        near = [n for n in found if self._of(n).refers & said.refers]
        return near or found

    def _like(self, place: int, what: str) -> Like:
        stated = self.items[place].stated
        return likeness(stated.kind, stated.what, what)

    def _is_named(self, place: int, what: str) -> bool:
        return self._like(place, what) is Like.SAME

    def _of(self, place: int) -> About:
        return self._about[self.items[place].entry.entry_id]

    def _is_elsewhere(self, item: CalendarItem, entry: DocketEntry) -> bool:
        """Whether they refer to other papers: a response to 12 is none to 14."""
        ours, number = self._about[item.entry.entry_id].refers, item.entry.entry_number
        own = frozenset() if number is None else frozenset((number,))
        return refers_elsewhere(ours | own if ours else ours, self._about[entry.entry_id].refers)

    def _end(self, places: list[int], entry: DocketEntry, is_sure: bool) -> None:
        if not is_sure:
            self._doubt(places, entry)
            return
        for place in places:
            self.items[place] = replace(self.items[place], cancelled_by=entry)

    def _doubt(self, places: list[int], entry: DocketEntry) -> None:
        for place in places:
            self.items[place] = replace(self.items[place], doubted_by=entry)


#: The texts of so many entries are known to a process that shows calendars again and again.
_KNOWN = 32_768


@functools.lru_cache(_KNOWN)
def _read(
    text: str, filed: date | None
) -> tuple[tuple[StatedDate, ...], tuple[Undone, ...], About]:
    """What one text says, whatever stands around it: the dear part of reading a docket."""
    words = plain(text, READ)
    return stated_dates(text, filed), undone(words), about(words)


def _since(entry: DocketEntry) -> date | None:
    """The first day that it can move: what was held on the day of filing, took place."""
    if entry.date_filed is None or not _HELD.search(plain(entry.text, _HEAD)):
        return entry.date_filed
    return entry.date_filed + timedelta(days=1)


def _ended_by(item: CalendarItem) -> str:
    """The entry that says that it does not stand, itself or another; "" while it stands."""
    by = item.cancelled_by or (item.entry if item.stated.is_cancelled else None)
    return by.entry_id if by else ""


def _uid(entry: DocketEntry, stated: StatedDate) -> str:
    said = (entry.entry_id, stated.kind.value, stated.day.isoformat(), stated.what)
    return hashlib.blake2b("\x1f".join(said).encode(), digest_size=12).hexdigest()


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
    return replace(item, entry=entry, stated=fuller, cancelled_by=None, doubted_by=None)
