"""What happened in a case over all of its dockets, for a picture: acts, appeals, press, gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from monitor.classify.entry import headline_of, judgement_of
from monitor.diff.coverage import Span
from monitor.history.answers import CaseBoard
from monitor.history.boards import case_entries
from monitor.history.calendar import calendar
from monitor.history.coverage import statements
from monitor.history.docket_status import in_order
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


def timeline(record: Record, case_id: str, now: datetime, days: Days = ALL_DAYS) -> CaseTimeline:
    """Everything of a case that belongs into a picture; lanes from the lowest court up.

    What happened before or after these days is left out; a lane that began before is not.
    """
    unseen = _unseen(record, case_id, now)
    return pictured(record, case_id, unseen, calendar(record, case_id, now.date()), days)


def pictured(
    record: Record,
    case_id: str,
    unseen: Mapping[str, tuple[Span, ...]],
    stated: Sequence[CalendarLine],
    days: Days = ALL_DAYS,
) -> CaseTimeline:
    """The same, where it is known when nobody saw which docket, and what days are stated."""
    board, read = case_entries(record, case_id)
    return CaseTimeline(
        board=board,
        lanes=tuple(
            _lane(docket, entries, days.of_spans(docket, unseen), is_paused, days)
            for docket, entries, is_paused in read
            if entries and min(map(_day, entries)) <= days.until
        ),
        stories=tuple(one for one in _stories(record, case_id) if one.day in days),
        stated=tuple(one for one in stated if one.day in days),
    )


def _unseen(record: Record, case_id: str, now: datetime) -> dict[str, tuple[Span, ...]]:
    """Docket -> when nobody saw it since it is watched."""
    since = {
        watch.docket_id: watch.since
        for watch in record.unit.watches.all()
        if watch.case_id == case_id
    }
    if not since:
        return {}
    found: dict[str, tuple[Span, ...]] = {}
    for one in statements(record, Span(min(since.values()), now), case_id):
        docket_id = f"{one.court_id}/{one.docket_number}"
        if docket_id in since:
            begins = since[docket_id]
            spans = (Span(max(hole.since, begins), hole.until) for hole in one.not_visible)
            found[docket_id] = tuple(span for span in spans if span.since < span.until)
    return found


def _lane(
    docket: Docket,
    entries: Sequence[DocketEntry],
    unseen: tuple[Span, ...],
    is_paused: bool,
    days: Days,
) -> TimelineLane:
    within = [entry for entry in entries if _day(entry) in days]
    marks = tuple(_marks(within))
    return TimelineLane(
        docket_id=docket.docket_id,
        court_id=docket.court_id,
        docket_number=docket.docket_number,
        case_name=docket.case_name,
        begins=min(_day(entry) for entry in entries),
        marks=marks,
        others=len(within) - len(marks),
        not_visible=unseen,
        is_paused=is_paused,
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


def _stories(record: Record, case_id: str) -> Iterator[TimelineStory]:
    """Each event of the press once, as its first report tells it."""
    t, told = schema.stories, set[str]()
    query = sa.select(t).order_by(t.c.published_at, t.c.first_seen_at, t.c.item_key)
    for row in record.rows(query):
        event = row.story_id or row.item_key
        if event in told or not any(match.get("case_id") == case_id for match in row.matches):
            continue
        told.add(event)
        at = row.published_at or row.first_seen_at
        yield TimelineStory(at.date(), row.title, row.publisher, row.url, row.entry_id)
