"""What silence is worth: for each docket, who saw it from when to when, and what nobody saw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from monitor.classify.entry import judgement_of
from monitor.classify.kinds import RULES_VERSION
from monitor.diff.coverage import LOOK_BACK, Span, missing_numbers, unseen, vouched
from monitor.errors import UsageError
from monitor.history.answers import CoverageStatement, LookedInto, SeenBy
from monitor.history.conditions import is_standing
from monitor.history.questions import day_begins
from monitor.history.record import Record
from monitor.model.court import court
from monitor.model.docket import COURT_ACTS, DocketEntry
from monitor.model.source import Source, SourceState
from monitor.model.watch import Watch, WatchState
from monitor.normalize.entry_keys import sequence_of
from monitor.store import rows, schema
from monitor.store.watches import covers
from monitor.store.writer import is_own

_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Readings:
    """What is remembered of reading the sources."""

    #: (watch, source) -> when the source was first read for the watch.
    first: Mapping[tuple[str, str], datetime]
    sources: Sequence[tuple[Source, SourceState]]
    holes: Mapping[str, Sequence[Span]]
    looked_into: Sequence[LookedInto]


def coverage(
    record: Record, since: date, now: datetime, case_id: str = ""
) -> tuple[CoverageStatement, ...]:
    """A statement for each watch, from the beginning of a day in the court's zone.

    A case that is asked for by name is told of its removed watches, too. Raises UsageError for a
    day that has not come.
    """
    readings = _readings(record)
    watches = record.unit.watches.every() if case_id else record.unit.watches.all()
    return tuple(
        _statement(record, watch, Span(_beginning(since, watch, now), now), readings)
        for watch in watches
        if case_id in {"", watch.case_id}
    )


def statements(record: Record, asked: Span, case_id: str = "") -> tuple[CoverageStatement, ...]:
    """A statement for each watch, or each of this case, over the same time."""
    readings = _readings(record)
    return tuple(
        _statement(record, one, asked, readings)
        for one in record.unit.watches.all()
        if case_id in {"", one.case_id}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Visible:
    """For how long a docket is watched, and how far that can be trusted."""

    watch: Watch
    #: Until when some source vouches for it; None while none was read.
    seen_until: datetime | None
    #: When no source vouched for it, from the beginning of its watch to then.
    not_visible: tuple[Span, ...]


def visible(record: Record) -> tuple[Visible, ...]:
    """For each watch, from its beginning on. No entry is read for it, so that it costs little."""
    readings = _readings(record)
    return tuple(_visible(watch, readings) for watch in record.unit.watches.all())


def _visible(watch: Watch, readings: _Readings) -> Visible:
    covered = _covered(watch, readings)
    until = max((span.until for span in covered), default=None)
    holes: Sequence[Span] = ()
    if until is not None and watch.since < until:
        holes = unseen(Span(watch.since, until), covered)
    return Visible(watch=watch, seen_until=until, not_visible=tuple(holes))


def not_visible(
    record: Record, watches: Sequence[Watch], now: datetime
) -> Iterator[tuple[Watch, Sequence[Span]]]:
    """For each of these watches, when nobody saw its docket since the first of them began."""
    since = min((watch.since for watch in watches), default=now)
    readings = _readings(record)
    for watch in watches:
        yield watch, unseen(Span(since, now), _covered(watch, readings))


def _covered(watch: Watch, readings: _Readings) -> list[Span]:
    """When some source vouched for its docket."""
    return [span for _, spans, _ in _seen_by(watch, readings) for span in spans]


def _beginning(day: date, watch: Watch, now: datetime) -> datetime:
    begins = day_begins(day, watch.court_id)
    if begins > now:
        place = court(watch.court_id).citation
        raise UsageError(f"{day} has not come yet in {place}: --since names a day of the past")
    return begins


def _readings(record: Record) -> _Readings:
    b, g, s = schema.baselines, schema.gaps, schema.sources
    holes: dict[str, list[Span]] = {}
    looked_into = []
    for row in record.rows(sa.select(g).order_by(g.c.from_at)):
        holes.setdefault(row.source_id, []).append(Span(row.from_at, row.until_at))
        if row.closed_at is not None:
            closed = LookedInto(row.source_id, row.from_at, row.until_at, row.closed_at)
            looked_into.append(closed)
    found = record.rows(sa.select(s).order_by(s.c.enabled.desc(), s.c.source_id))
    return _Readings(
        first={(row.watch_id, row.source_id): row.at for row in record.rows(sa.select(b))},
        sources=[(rows.to_source(row), rows.to_state(row)) for row in found],
        holes=holes,
        looked_into=looked_into,
    )


def _statement(record: Record, watch: Watch, asked: Span, readings: _Readings) -> CoverageStatement:
    # A paused watch is read all the same; since when one is removed is not recorded.
    seen = [] if watch.state is WatchState.REMOVED else _seen_by(watch, readings)
    covered = [span for _, spans, _ in seen for span in spans]
    numbers = _numbers_of(record, watch)
    names = {source.source_id for source, _, _ in seen}
    return CoverageStatement(
        case_id=watch.case_id,
        case_label=watch.case_label,
        court_id=watch.court_id,
        docket_number=watch.docket_number,
        state=watch.state.value,
        leads_to=watch.leads_to,
        asked=asked,
        orders=_court_acts(record, watch, asked),
        seen_by=tuple(_line(source, spans, carries, asked) for source, spans, carries in seen),
        not_visible=tuple(unseen(asked, covered)),
        entry_numbers_not_seen=tuple(missing_numbers(numbers)),
        sequence_numbers_not_seen=tuple(missing_numbers(_sequence_of(record, watch))),
        gaps_looked_into=tuple(
            gap
            for gap in readings.looked_into
            if gap.source_id in names and gap.until > asked.since and gap.since < asked.until
        ),
    )


def _court_acts(record: Record, watch: Watch, asked: Span) -> tuple[str, ...]:
    """What the court did in this time, the newest first."""
    e = schema.entries
    # A day more on either side: which day it was depends on the court's zone.
    day = max(asked.since.date(), date(1, 1, 3)) - timedelta(days=2)
    is_late = sa.or_(e.c.date_filed >= day, e.c.date_filed.is_(None))
    may_be_act = sa.or_(
        e.c.kind.in_([kind.value for kind in COURT_ACTS]), e.c.rules_version != RULES_VERSION
    )
    found = record.unit.entries.without_parts(
        _is_covered(watch), is_standing(), is_late, may_be_act
    )
    found.sort(key=lambda entry: entry.entry_id)
    found.sort(key=lambda entry: entry.recency, reverse=True)
    return tuple(
        entry.entry_id
        for entry in found
        if _is_since(entry, asked, watch.court_id) and judgement_of(entry).is_court_act
    )


#: A source, the spans for which it vouches, and what it says that it carries.
_Seen = tuple[Source, Sequence[Span], str]


def _seen_by(watch: Watch, readings: _Readings) -> list[_Seen]:
    found: list[_Seen] = []
    for source, state in readings.sources:
        begun = readings.first.get((watch.watch_id, source.source_id))
        if begun and state.covered_until and source.traits.shows_filings:
            whole = _whole(source, state.covered_until, begun)
            holes = readings.holes.get(source.source_id, ())
            spans = vouched(whole, holes) if whole else []
            found.append((source, spans, state.window.description))
    return found


def _whole(source: Source, until: datetime, begun: datetime) -> Span | None:
    """A court's feed shows the day before its first reading; a list shows all there was."""
    start = begun - LOOK_BACK if source.traits.is_window else _EVER
    return Span(start, until) if start < until else None


def _line(source: Source, spans: Sequence[Span], carries: str, asked: Span) -> SeenBy:
    return SeenBy(
        source_id=source.source_id,
        name=source.name,
        carries=carries,
        spans=tuple(filter(None, (_within(span, asked) for span in spans))),
        is_whole_list=source.traits.is_whole_list,
    )


def _within(span: Span, asked: Span) -> Span | None:
    """The part of a span that was asked about; None for one that lies outside."""
    since, until = max(span.since, asked.since), min(span.until, asked.until)
    return Span(since, until) if since < until else None


def _is_covered(watch: Watch) -> sa.ColumnElement[bool]:
    e, d, w = schema.entries, schema.dockets, schema.watches
    covered = sa.select(d.c.docket_id).where(w.c.watch_id == watch.watch_id, covers(w, d))
    return sa.and_(e.c.docket_id.in_(covered), is_own(e.c.entry_id))


def _numbers_of(record: Record, watch: Watch) -> list[int]:
    e = schema.entries
    numbered = _is_covered(watch), is_standing(), e.c.entry_number.is_not(None)
    return list(record.rows(sa.select(e.c.entry_number).where(*numbered)).scalars())


def _sequence_of(record: Record, watch: Watch) -> Iterator[int]:
    """The courts' own running numbers; of an entry with several keys the first, as they sort."""
    e, k = schema.entries, schema.entry_keys
    query = sa.select(k.c.entry_id, k.c.key).join(e, e.c.entry_id == k.c.entry_id)
    query = query.where(_is_covered(watch), is_standing()).order_by(k.c.entry_id, k.c.key)
    for keys in rows.gathered(record.rows(query), "entry_id", "key").values():
        if (number := sequence_of(keys)) is not None:
            yield number


def _is_since(entry: DocketEntry, asked: Span, court_id: str) -> bool:
    if entry.date_filed is None:
        return entry.first_seen_at >= asked.since
    return day_begins(entry.date_filed, court_id) >= asked.since
