"""Hearings and deadlines that the text of a docket entry states with a calendar day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time

from monitor.normalize.text import plain
from monitor.stated.around import Around, arounds
from monitor.stated.kind import Named, StatedKind, is_cancelled, moved_hour, named
from monitor.stated.moves import Head, Moves, head_of, moves
from monitor.stated.when import written_days
from monitor.stated.where import place_of

#: As much of an entry is read, in characters; the longest scheduling orders have some 8,000.
READ = 20_000
#: More words than any sentence takes to state one day.
_QUOTED = 400


@dataclass(frozen=True, slots=True)
class StatedDate:
    """One hearing or deadline, as a text states it.

    `time` is the local time of the court; midnight is 23:59 of its day, and an hour without "a.m."
    or "p.m." is none. `what` and `place` are words of the text, "" where it
    has none. `words` is the stretch of the plain text from which all was read. `is_cancelled`:
    vacated, moved to another day, or held in abeyance; the day no longer stands. `moves`: an
    earlier day of its matter falls.
    """

    kind: StatedKind
    day: date
    time: time | None
    what: str
    place: str
    words: str
    is_cancelled: bool
    moves: Moves = Moves.NO


def stated_dates(text: str, filed: date | None) -> tuple[StatedDate, ...]:
    """The hearings and deadlines that an entry states, in the order of its text.

    Only days that stand in the text: "within 14 days" states none, nor does "May 20" without its
    year. Left out are days before `filed`, impossible ones, those beside a wrong weekday (one of
    the two is a slip, and a wrong day is worse than none), and what a party merely asks for.

    >>> one, = stated_dates("Status Conference set for 3/18/2026 at 10:00 AM in Courtroom 2.", None)
    >>> one.kind.value, one.day.isoformat(), one.time.isoformat(), one.what, one.place
    ('hearing', '2026-03-18', '10:00:00', 'Status Conference', 'Courtroom 2')
    """
    words = plain(text, READ)
    days = tuple(written_days(words, filed))
    if not any(filed is None or one.day >= filed for one in days):
        return ()
    found = _each(arounds(words, filed, days), words)
    return tuple(_merged(one for one in found if filed is None or one.day >= filed))


def _each(places: Iterable[Around], text: str) -> Iterator[StatedDate]:
    before: Named | None = None
    head: Head | None = None
    for around in places:
        before = named(around, before)
        if before is not None:
            head = head or head_of(text)
            yield _stated(around, before, head)


def _stated(around: Around, matter: Named, head: Head) -> StatedDate:
    is_hearing = matter.kind is StatedKind.HEARING
    where, end = place_of(around) if is_hearing else ("", around.written.end)
    words = around.quoted(matter.what, end)[-_QUOTED:]
    hour = moved_hour(around)
    return StatedDate(
        kind=matter.kind,
        day=around.written.day,
        time=hour or around.written.time,
        what=matter.what,
        place=where,
        words=words,
        is_cancelled=is_cancelled(around),
        moves=Moves.YES if hour else moves(around, matter.kind, head),
    )


def _merged(found: Iterable[StatedDate]) -> list[StatedDate]:
    """Each once, though orders state it in their words and clerks in theirs."""
    kept: list[StatedDate] = []
    for one in found:
        same = next((n for n, other in enumerate(kept) if _is_same(one, other)), None)
        if same is None:
            kept.append(one)
        else:
            kept[same] = _fuller(kept[same], one)
    return kept


def _is_same(one: StatedDate, other: StatedDate) -> bool:
    return one.is_cancelled == other.is_cancelled and is_same_matter(one, other)


def is_same_matter(one: StatedDate, other: StatedDate) -> bool:
    """Whether two statements speak of one hearing or deadline, by kind, day, time and name."""
    has_time = one.time == other.time or None in (one.time, other.time)
    ours, theirs = _name_words(one.what), _name_words(other.what)
    # Two papers may be due on one day, and "Plan" and "Disclosure Plan" are two.
    is_part = one.kind is StatedKind.HEARING and (ours <= theirs or theirs <= ours)
    is_named_alike = is_part or ours - _PARTIES == theirs - _PARTIES
    return (one.kind, one.day) == (other.kind, other.day) and has_time and is_named_alike


_PARTIES = frozenset(("plaintiff", "defendant", "party", "partie", "s", "petitioner", "respondent"))


def _name_words(what: str) -> frozenset[str]:
    name = what.lower().replace("teleconf", "telephone conf").replace("telephonic", "telephone")
    return frozenset(word.rstrip("s") for word in re.findall(r"\w+", name))


def _fuller(one: StatedDate, other: StatedDate) -> StatedDate:
    """The one with the longer name, with what only the other says of time and place."""
    if _name_words(one.what) < _name_words(other.what):
        one, other = other, one
    more = max(one.moves, other.moves, key=list(Moves).index)
    return replace(one, time=one.time or other.time, place=one.place or other.place, moves=more)
