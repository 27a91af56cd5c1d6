"""What happened in a case over all of its dockets, for a picture: acts, appeals, press, gaps."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from monitor.classify.entry import headline_of, judgement_of
from monitor.diff.coverage import Span
from monitor.history.answers import CaseBoard
from monitor.history.boards import DocketRead, case_dockets
from monitor.history.calendar import calendar
from monitor.history.coverage import not_visible
from monitor.history.docket_acts import Extent, extent_of
from monitor.history.docket_status import in_order
from monitor.history.questions import AsOf, looked_at, moment_of
from monitor.history.record import Record
from monitor.model.court import court
from monitor.model.docket import Docket, DocketEntry, EntryKind, Judgement
from monitor.normalize.dates import court_day
from monitor.stated.calendar import CalendarLine
from monitor.store import schema

_APPEALS = {EntryKind.NOTICE_OF_APPEAL, EntryKind.APPEAL_RELATED}


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """An act of a court, or a step of an appeal."""

    entry_id: str
    entry_number: int | None
    day: date
    headline: str
    kind: str
    ruling: str
    is_dispositive: bool | None
    is_uncertain: bool


@dataclass(frozen=True, slots=True)
class TimelineLane:
    """One docket, from its first entry on."""

    docket_id: str
    court_id: str
    docket_number: str
    case_name: str
    begins: date
    marks: tuple[TimelineMark, ...]
    #: How many entries are no marks.
    others: int
    #: When no source vouched for it, since it is watched.
    not_visible: tuple[Span, ...]
    is_paused: bool


@dataclass(frozen=True, slots=True)
class TimelineStory:
    """A report of the press: a lead, never a fact about a docket."""

    day: date
    title: str
    publisher: str
    url: str
    #: The entry that it seems to be about; empty for none.
    entry_id: str


@dataclass(frozen=True, slots=True)
class CaseTimeline:
    board: CaseBoard
    lanes: tuple[TimelineLane, ...]
    stories: tuple[TimelineStory, ...]
    #: Days to come that entries state.
    stated: tuple[CalendarLine, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """The days asked about; both belong to them."""

    since: date
    until: date

    def __contains__(self, day: date) -> bool:
        return self.since <= day <= self.until

    def of_spans(self, docket: Docket, unseen: Mapping[str, tuple[Span, ...]]) -> tuple[Span, ...]:
        """The spans that touch these days where the court is."""
        zone = court(docket.court_id).timezone
        return tuple(
            span
            for span in unseen.get(docket.docket_id, ())
            if court_day(span.since, zone) <= self.until
            and court_day(span.until, zone) >= self.since
        )


ALL_DAYS = Days(date.min, date.max)


def timeline(
    record: Record,
    case_id: str,
    now: datetime,
    days: Days = ALL_DAYS,
    as_of: AsOf | None = None,
) -> CaseTimeline:
    """Everything of a case that belongs into a picture; lanes from the lowest court up.

    What happened before or after these days is left out; a lane that began before is not. With
    `as_of` it is the picture that the record gave then.
    """
    then = looked_at(as_of, now)
    unseen = _unseen(record, case_id, then)
    stated = calendar(record, case_id, then.date(), as_of)
    return pictured(record, case_id, unseen, stated, days, as_of)


def pictured(
    record: Record,
    case_id: str,
    unseen: Mapping[str, tuple[Span, ...]],
    stated: Sequence[CalendarLine],
    days: Days = ALL_DAYS,
    as_of: AsOf | None = None,
) -> CaseTimeline:
    """The same, where it is known when nobody saw which docket, and what days are stated."""
    board, read = case_dockets(record, case_id, as_of)
    extents = _then if as_of else functools.partial(_extent, record)
    lanes = (_lane(one, extents(one, days), unseen, days) for one in read)
    return CaseTimeline(
        board=board,
        lanes=tuple(lane for lane in lanes if lane is not None),
        stories=tuple(one for one in _stories(record, case_id, as_of) if one.day in days),
        stated=tuple(one for one in stated if one.day in days),
    )


def _unseen(record: Record, case_id: str, now: datetime) -> dict[str, tuple[Span, ...]]:
    """Docket -> when nobody saw it since it is watched."""
    watches = [one for one in record.unit.watches.all() if one.case_id == case_id]
    found: dict[str, tuple[Span, ...]] = {}
    for watch, holes in not_visible(record, watches, now):
        spans = (Span(max(hole.since, watch.since), hole.until) for hole in holes)
        found[watch.docket_id] = tuple(span for span in spans if span.since < span.until)
    return found


def _extent(record: Record, read: DocketRead, days: Days) -> Extent:
    return extent_of(record, read.docket.docket_id, days.since, days.until)


def _then(read: DocketRead, days: Days) -> Extent:
    """Of a docket that was read whole, as it stood."""
    within = [entry for entry in read.acts if _day(entry) in days]
    return Extent(len(within), min(map(_day, read.acts), default=None))


def _lane(
    read: DocketRead,
    extent: Extent,
    unseen: Mapping[str, tuple[Span, ...]],
    days: Days,
) -> TimelineLane | None:
    """Nothing of a docket that began later, or has no entries."""
    if extent.begins is None or extent.begins > days.until:
        return None
    docket = read.docket
    marks = tuple(_marks([entry for entry in read.acts if _day(entry) in days]))
    return TimelineLane(
        docket_id=docket.docket_id,
        court_id=docket.court_id,
        docket_number=docket.docket_number,
        case_name=docket.case_name,
        begins=extent.begins,
        marks=marks,
        others=extent.count - len(marks),
        not_visible=days.of_spans(docket, unseen),
        is_paused=read.is_paused,
    )


def _marks(entries: Sequence[DocketEntry]) -> Iterator[TimelineMark]:
    for entry in in_order(entries):
        judgement = judgement_of(entry)
        if judgement.is_court_act or judgement.may_be or judgement.kind in _APPEALS:
            yield _mark(entry, judgement)


def _mark(entry: DocketEntry, judgement: Judgement) -> TimelineMark:
    return TimelineMark(
        entry_id=entry.entry_id,
        entry_number=entry.entry_number,
        day=_day(entry),
        headline=headline_of(entry),
        kind=judgement.kind.value,
        ruling=judgement.ruling.value,
        is_dispositive=judgement.is_dispositive,
        is_uncertain=bool(judgement.may_be),
    )


def _day(entry: DocketEntry) -> date:
    return entry.date_filed or entry.first_seen_at.date()


def _stories(record: Record, case_id: str, as_of: AsOf | None) -> Iterator[TimelineStory]:
    """Each event of the press once, as its first report tells it."""
    t, told = schema.stories, set[str]()
    query = sa.select(t).order_by(t.c.published_at, t.c.first_seen_at, t.c.item_key)
    if as_of is not None:
        query = query.where(t.c.first_seen_at <= moment_of(as_of, "dcd"))
    for row in record.rows(query):
        event = row.story_id or row.item_key
        if event in told or not any(match.get("case_id") == case_id for match in row.matches):
            continue
        told.add(event)
        at = row.published_at or row.first_seen_at
        yield TimelineStory(at.date(), row.title, row.publisher, row.url, row.entry_id)
