"""Full text search: entries by their words, names and captions, and what the press wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from monitor.history.answers import EntryLine, ReportLine
from monitor.history.conditions import is_after, is_standing, newest, newest_first
from monitor.history.entries import line_of, standing
from monitor.history.questions import Cursor, EntryQuery, day_begins, day_ends
from monitor.history.record import Record, check_case, check_docket, check_source
from monitor.history.search_conditions import (
    PRESS_COURT,
    ByHour,
    are_many,
    by_hour,
    hour_of,
    of_entries,
    of_stories,
)
from monitor.history.search_terms import (
    FromSource,
    KindIs,
    OfCase,
    OnDocket,
    SearchQuery,
    Words,
    terms_of,
    words_wanted,
)
from monitor.history.snippets import SnippetPart, snippet
from monitor.model.court import court
from monitor.store import rows, schema

#: Nobody reads further, and to count them all would be to read them all.
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class EntryHit:
    """An entry, and where in it the words stand."""

    place: Literal["entries"]
    snippet: tuple[SnippetPart, ...]
    entry: EntryLine


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundReport(ReportLine):
    """An article of the press, with what is kept of it."""

    source_id: str
    item_key: str
    summary: str
    first_seen_at: datetime
    case_ids: tuple[str, ...]
    #: The entry that it seems to be about; empty for none.
    entry_id: str


@dataclass(frozen=True, slots=True)
class ReportHit:
    """An article, and where in it the words stand."""

    place: Literal["news"]
    snippet: tuple[SnippetPart, ...]
    report: FoundReport


Hit: TypeAlias = EntryHit | ReportHit


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Some of what was found, newest first, and where the next ones begin."""

    hits: tuple[Hit, ...]
    #: Empty at the end.
    next_cursor: str
    #: On all pages together; where `is_capped` there are more.
    count: int
    is_capped: bool


def search(
    record: Record, query: SearchQuery, limit: int, cursor: Cursor | None = None
) -> SearchPage:
    """What is found, newest first: entries as they are listed, articles among them by their time.

    Raises UsageError for a case, a docket or a source that nobody knows.
    """
    check_names(record, query)
    led, stories = by_hour(record, query.wanted, _PLACE), _stories(record, query)
    entries = led.statement if led else _entries(record, query)
    places = _led(record, led, limit, cursor) if led else _first(record, entries, limit, cursor)
    found = [*places, *_first_stories(record, stories, limit, cursor)]
    found.sort(key=lambda one: one.sorts, reverse=True)
    shown = found[:limit]
    is_all = cursor is None and len(found) <= limit
    count = len(found) if is_all else _count(record, query, entries, stories)
    return SearchPage(
        hits=tuple(_hits(record, query, shown)),
        next_cursor=shown[-1].cursor.dump() if len(found) > limit else "",
        count=min(count, MOST_COUNTED),
        is_capped=count > MOST_COUNTED,
    )


def check_names(record: Record, query: SearchQuery) -> None:
    """A misspelt name must not read as "nothing was filed". Raises UsageError."""
    for term in terms_of(query.wanted):
        if isinstance(term, OfCase):
            check_case(record, term.case_id)
        elif isinstance(term, FromSource):
            check_source(record, term.source_id)
        elif isinstance(term, OnDocket) and term.is_meant:
            check_docket(record, EntryQuery(docket_number=term.docket_number))


def _count(record: Record, query: SearchQuery, *statements: sa.Select[Any]) -> int:
    """How many rows there are, up to one more than are counted."""
    most = MOST_COUNTED + 1
    if are_many(record, query.wanted):
        return most
    some = [
        sa.select(sa.func.count()).select_from(one.limit(most).subquery()).scalar_subquery()
        for one in statements
    ]
    return sum(int(n or 0) for n in record.connection.execute(sa.select(*some)).one())


def found_since(record: Record, query: SearchQuery, since: datetime) -> frozenset[str]:
    """The ids of all entries that are found and were first seen since then."""
    first_seen = schema.entries.c.first_seen_at
    recent = _entries(record, query).where(first_seen >= since)
    return frozenset(row.entry_id for row in record.rows(recent))


def kinds_wanted(query: SearchQuery) -> tuple[str, ...]:
    """The kinds that somebody looks for; what may be of them is found, too."""
    found = (one for one in terms_of(query.wanted) if isinstance(one, KindIs) and not one.is_sure)
    return tuple(one.kind.value for one in found)


# --- the places of what is found ---


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands among all rows, and its key: one part for an entry, two for an article."""

    cursor: Cursor
    key: tuple[str, ...]

    @property
    def sorts(self) -> tuple[str, str, int, str]:
        """As the databases sort: what has no day, time or number comes last."""
        day, at, number = self.cursor.date_filed, self.cursor.published_at, self.cursor.entry_number
        return (
            (day or date.min).isoformat(),
            f"{at.replace(tzinfo=None).isoformat(timespec='microseconds')}" if at else "",
            -1 if number is None else number,
            self.cursor.entry_id,
        )


_E = schema.entries
_PLACE = (_E.c.date_filed, _E.c.published_at, _E.c.entry_number, _E.c.entry_id)


def _entries(record: Record, query: SearchQuery) -> sa.Select[Any]:
    return sa.select(*_PLACE).where(is_standing(), of_entries(record, query.wanted))


def _led(record: Record, led: ByHour, limit: int, after: Cursor | None) -> Iterator[_Place]:
    """As `_first`, for what comes hour by hour: of the last one all are read, and then sorted."""
    statement = led.statement
    if after is not None:
        statement = led.until(after).where(is_after(newest(), after))
    last, count = -1, 0
    with closing(record.rows(statement.order_by(led.number.desc()))) as rows_:
        for row in rows_:
            hour = hour_of(row.rowid)
            if count > limit and hour != last:
                return
            last, count = hour, count + 1
            yield _Place(Cursor(*row[: len(_PLACE)]), (row.entry_id,))


def _first(
    record: Record, statement: sa.Select[Any], limit: int, after: Cursor | None
) -> Iterator[_Place]:
    """One more than are shown, so that it is known whether there are more."""
    *places, entry_id = newest()
    order = (*places, _by_code_point(record, entry_id))
    for row in record.rows(newest_first(statement, order, after).limit(limit + 1)):
        yield _Place(Cursor(*row), (row.entry_id,))


def _by_code_point(record: Record, text: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """A text that sorts as Python sorts it, who puts entries and articles in one order.

    A language's own order would lose what stands between two pages. SQLite knows no other order.
    """
    return text if record.connection.dialect.name == "sqlite" else sa.collate(text, "C")


_PRESS_ZONE = ZoneInfo(court(PRESS_COURT).timezone)
_T = schema.stories
#: When the press says that it wrote; else when it was first seen.
_WRITTEN = sa.func.coalesce(_T.c.published_at, _T.c.first_seen_at, type_=schema.Moment)
_NAME = _T.c.source_id.concat(" ").concat(_T.c.item_key)


def _stories(record: Record, query: SearchQuery) -> sa.Select[Any]:
    columns = (_WRITTEN.label("at"), _T.c.source_id, _T.c.item_key)
    return sa.select(*columns).where(of_stories(record, query.wanted))


def _first_stories(
    record: Record, statement: sa.Select[Any], limit: int, after: Cursor | None
) -> Iterator[_Place]:
    if after is not None:
        statement = statement.where(_written_before(record, after))
    order = (_WRITTEN.desc(), _by_code_point(record, _NAME).desc())
    for row in record.rows(statement.order_by(*order).limit(limit + 1)):
        name = f"{row.source_id} {row.item_key}"
        day = row.at.astimezone(_PRESS_ZONE).date()
        yield _Place(Cursor(day, row.at, None, name), (row.source_id, row.item_key))


def _written_before(record: Record, after: Cursor) -> sa.ColumnElement[bool]:
    """Whether an article comes after this place: its day is the East's, as its time says."""
    if after.date_filed is None:
        return sa.false()
    earlier = day_begins(after.date_filed, PRESS_COURT) > _WRITTEN
    if after.published_at is None:
        return earlier
    # An article has no number: as one that sorts after all.
    place = (after.published_at, -1 if after.entry_number is None else after.entry_number)
    values = (sa.literal(place[0], schema.Moment), sa.literal(place[1]), after.entry_id)
    same_day = day_ends(after.date_filed, PRESS_COURT) > _WRITTEN
    name = _by_code_point(record, _NAME)
    is_after = sa.tuple_(_WRITTEN, sa.literal(-1), name) < sa.tuple_(*values)
    return sa.or_(earlier, sa.and_(same_day, is_after))


# --- what is shown of them ---


def _hits(record: Record, query: SearchQuery, shown: Sequence[_Place]) -> Iterator[Hit]:
    wanted = tuple(words_wanted(query.wanted))
    ids = [place.key[0] for place in shown if len(place.key) == 1]
    lines = (line_of(*one) for one in standing(record, ids, None))
    entries = {line.entry_id: line for line in lines}
    reports = _reports(record, [place.key for place in shown if len(place.key) > 1])
    for place in shown:
        if len(place.key) == 1:
            yield _entry_hit(entries[place.key[0]], wanted)
        else:
            yield _report_hit(reports[place.key], wanted)


def _entry_hit(line: EntryLine, wanted: Sequence[Words]) -> EntryHit:
    names = " | ".join(line.event_names)
    return EntryHit("entries", snippet((line.text, names, line.case_name), wanted), line)


def _report_hit(report: FoundReport, wanted: Sequence[Words]) -> ReportHit:
    return ReportHit("news", snippet((report.summary, report.title), wanted), report)


def _reports(record: Record, keys: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], FoundReport]:
    query = sa.select(_T).where(sa.tuple_(_T.c.source_id, _T.c.item_key).in_(keys))
    return {(row.source_id, row.item_key): _report(row) for row in record.rows(query)}


def _report(row: Any) -> FoundReport:
    cases = tuple(match.case_id for match in rows.to_story(row).matches)
    return FoundReport(**rows.fields_of(FoundReport, row, case_ids=cases))
