"""What was filed: page by page, as it stands or as it stood, and everything known of one entry."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from monitor.classify.entry import headline_of, judgement_of
from monitor.errors import UsageError
from monitor.history.answers import (
    ChangeLine,
    EntryDetail,
    EntryLine,
    EntryPage,
    ReportLine,
    RulingLine,
    SightingLine,
)
from monitor.history.conditions import (
    filed_since,
    filed_until,
    in_court,
    is_numbered,
    is_of_case,
    is_of_kinds,
    is_standing,
    newest,
    newest_first,
    on_dockets,
    seen_by_day,
)
from monitor.history.deliveries import of_entry
from monitor.history.questions import (
    LARGEST_NUMBER,
    AsOf,
    Cursor,
    EntryQuery,
    moment_of,
)
from monitor.history.record import Record, check_docket
from monitor.history.search_conditions import of_entries
from monitor.model.docket import Docket, DocketEntry
from monitor.model.evidence import is_imported
from monitor.normalize.docket_number import normalize_docket_number
from monitor.store import rows, schema
from monitor.store.writer import is_own

_FAR = datetime.max.replace(tzinfo=UTC)
#: Read at once where all is wanted.
_PORTION = 400
#: How many entries are named where a beginning fits several.
_MOST_NAMED = 20


def page(record: Record, query: EntryQuery) -> EntryPage:
    """Some entries, newest first: as many as `limit` says; one more is read to know of more."""
    if query.limit is None:
        return EntryPage(tuple(lines(record, query)))
    one_more = replace(query, limit=query.limit + 1)
    read = tuple(itertools.islice(lines(record, one_more), one_more.limit))
    if len(read) <= query.limit:
        return EntryPage(read)
    shown = read[: query.limit]
    # By what it is now, as the listing sorts: then it may have borne no number.
    return EntryPage(shown, _cursor_after(record, shown[-1].entry_id).dump())


def unjudged(record: Record) -> int:
    """How many entries no rules of any version have judged yet: a filter by kind misses them."""
    e = schema.entries
    query = sa.select(sa.func.count()).select_from(e).where(e.c.kind.is_(None))
    return int(record.connection.scalar(query) or 0)


def count(record: Record, query: EntryQuery) -> int:
    """How many entries are looked at for this listing: as many as it shows, or a few more."""
    wanted = _filtered(record, replace(query, cursor=None)).subquery()
    return int(record.connection.scalar(sa.select(sa.func.count()).select_from(wanted)) or 0)


def kinds_of(record: Record, query: EntryQuery) -> Mapping[str, int]:
    """How many entries of each kind there are, whatever kinds are asked for."""
    e = schema.entries
    wanted = _filtered(record, replace(query, kinds=(), cursor=None))
    counted = (
        wanted.with_only_columns(e.c.kind, sa.func.count())
        .where(e.c.kind.is_not(None))
        .group_by(e.c.kind)
        .order_by(sa.func.count().desc(), e.c.kind)
    )
    return {row[0]: row[1] for row in record.rows(counted)}


# --- the listing ---


def lines(
    record: Record, query: EntryQuery, *besides: sa.ColumnElement[bool]
) -> Iterator[EntryLine]:
    """All that is asked for and of which this holds, in portions: a reader may stop early."""
    for one in found(record, query, *besides):
        line = line_of(*one)
        if query.as_of is None or not query.kinds or is_of(line, query.kinds):
            yield line


def found(
    record: Record, query: EntryQuery, *besides: sa.ColumnElement[bool]
) -> Iterator[tuple[DocketEntry, Docket, tuple[str, ...]]]:
    """The same, with all that a line is made of."""
    at_once = min(query.limit or _PORTION, _PORTION)
    cursor = query.cursor
    while True:
        ids = _ids(record, replace(query, cursor=cursor, limit=at_once), *besides)
        if not ids:
            return
        yield from standing(record, ids, query.as_of)
        if len(ids) < at_once:
            return
        # What stands now and not then was found by what it is now.
        cursor = _cursor_after(record, ids[-1])


def is_of(line: EntryLine, kinds: Collection[str]) -> bool:
    """Whether it is of one of these kinds, or may be of one."""
    return not {line.kind, *line.may_be}.isdisjoint(kinds)


def unsure(found: Iterable[EntryLine], kinds: Collection[str]) -> int:
    """How many of these only may be of these kinds."""
    return sum(is_of(line, kinds) and line.kind not in kinds for line in found)


def _ids(record: Record, query: EntryQuery, *besides: sa.ColumnElement[bool]) -> list[str]:
    e = schema.entries
    wanted = _filtered(record, query).where(*besides)
    statement = newest_first(wanted, newest(), query.cursor)
    names = statement.limit(query.limit).with_only_columns(e.c.entry_id)
    return list(record.connection.execute(names).scalars())


def _filtered(record: Record, query: EntryQuery) -> sa.Select[Any]:
    e = schema.entries
    return sa.select(e.c.entry_id).where(is_standing(), *_conditions(record, query))


def _conditions(record: Record, query: EntryQuery) -> Iterator[sa.ColumnElement[bool]]:
    e = schema.entries
    if query.docket_number or query.case_id:
        yield on_dockets(record, *_about_docket(query))
    elif query.court_id:
        yield in_court(record, query.court_id)
    if query.kinds and query.as_of is None:
        yield is_of_kinds(query.kinds)
    if query.since:
        yield filed_since(record, query.since)
    if query.until:
        yield filed_until(record, query.until)
    if query.as_of is not None:
        # When another installation saw something is its own word; we had not seen it then.
        yield is_own(e.c.entry_id)
    if isinstance(query.as_of, datetime):
        yield e.c.first_seen_at <= query.as_of
    elif query.as_of is not None:
        yield seen_by_day(record, query.as_of, is_after=False)
    if query.seen_since is not None:
        yield e.c.first_seen_at > query.seen_since
    for word in query.words:
        yield _holds(word)
    if query.search is not None:
        yield of_entries(record, query.search.wanted)


def _about_docket(query: EntryQuery) -> Iterator[sa.ColumnElement[bool]]:
    if query.court_id:
        yield schema.dockets.c.court_id == query.court_id
    if query.docket_number:
        yield is_numbered(query.docket_number)
    if query.case_id:
        yield is_of_case(query.case_id)


def _holds(word: str) -> sa.ColumnElement[bool]:
    """Whether these letters stand anywhere in an entry or in its caption."""
    e, d = schema.entries, schema.dockets
    captions = sa.select(d.c.docket_id).where(d.c.case_name.icontains(word, autoescape=True))
    events = sa.cast(e.c.event_names, sa.Text)
    texts = (column.icontains(word, autoescape=True) for column in (e.c.text, events))
    return sa.or_(*texts, e.c.docket_id.in_(captions))


def _cursor_after(record: Record, entry_id: str) -> Cursor:
    e = schema.entries
    columns = (e.c.date_filed, e.c.published_at, e.c.entry_number, e.c.entry_id)
    row = record.rows(sa.select(*columns).where(e.c.entry_id == entry_id)).one()
    return Cursor(*row)


# --- entries as they stand, or stood ---


def standing(
    record: Record, ids: Sequence[str], as_of: AsOf | None
) -> Iterator[tuple[DocketEntry, Docket, tuple[str, ...]]]:
    """These entries in this order, as they stand or stood, with what `line_of` makes a line of."""
    found = {entry.entry_id: entry for entry in record.unit.entries.by_id(ids)}
    dockets = record.unit.entries.dockets({entry.docket_id for entry in found.values()})
    keys = _sighting_keys(record, ids)
    changes = changes_of(record, ids) if as_of is not None else {}
    for entry_id in ids:
        entry = found[entry_id]
        docket = dockets[entry.docket_id]
        if as_of is not None:
            end = moment_of(as_of, docket.court_id)
            later = (c for c in changes.get(entry_id, ()) if c.at > end)
            own = [c for c in later if is_imported(c.source_id) == is_imported(entry_id)]
            entry = _as_it_stood(entry, own)
        yield entry, docket, tuple(keys.get(entry_id, ()))


def _sighting_keys(record: Record, ids: Sequence[str]) -> Mapping[str, list[str]]:
    t = schema.sightings
    query = (
        sa.select(t.c.entry_id, t.c.sighting_key, t.c.source_id)
        .where(t.c.entry_id.in_(ids))
        .order_by(t.c.entry_id, t.c.source_id, t.c.sighting_key)
    )
    # Of an entry of ours, what another installation saw is no part.
    ours = (r for r in record.rows(query) if is_imported(r.source_id) == is_imported(r.entry_id))
    return rows.gathered(ours, "entry_id", "sighting_key")


def changes_of(record: Record, ids: Sequence[str]) -> Mapping[str, list[ChangeLine]]:
    """What happened to these entries, the latest first."""
    c = schema.changes
    found: dict[str, list[ChangeLine]] = {}
    query = sa.select(c).where(c.c.entry_id.in_(ids)).order_by(c.c.change_id.desc())
    for row in record.rows(query):
        found.setdefault(row.entry_id, []).append(change_line(row))
    return found


def _as_it_stood(entry: DocketEntry, later: Sequence[ChangeLine]) -> DocketEntry:
    """Undo what changed afterwards, the latest first."""
    for change in later:
        entry = replace(_without(entry, change), judgement=None)
    return entry


def _without(entry: DocketEntry, change: ChangeLine) -> DocketEntry:
    before = change.before
    match change.kind, change.field:
        case ("text_filled_in", _) | (_, "text"):
            return replace(entry, text=before)
        case _, "event_names":
            return replace(entry, event_names=tuple(before.split("\n")) if before else ())
        case _, "entry_number":
            return _with_number(entry, before)
        case _, "is_withdrawn":
            return replace(entry, is_withdrawn=True)
        case "entry_withdrawn", _:
            return replace(entry, is_withdrawn=False)
        case _:
            return entry


def _with_number(entry: DocketEntry, before: str) -> DocketEntry:
    """What is no number cannot be undone, and is left as it is: the log is for ever."""
    if not before:
        return replace(entry, entry_number=None)
    is_number = before.isascii() and before.isdecimal() and len(before) <= len(str(LARGEST_NUMBER))
    return replace(entry, entry_number=int(before)) if is_number else entry


def line_of(entry: DocketEntry, docket: Docket, sighting_keys: tuple[str, ...] = ()) -> EntryLine:
    """An entry in the words of the public answers."""
    judgement = judgement_of(entry)
    return EntryLine(
        entry_id=entry.entry_id,
        court_id=docket.court_id,
        docket_number=docket.docket_number,
        case_name=docket.case_name,
        entry_number=entry.entry_number,
        headline=headline_of(entry),
        event_names=entry.event_names,
        text=entry.text,
        kind=judgement.kind.value,
        may_be=tuple(kind.value for kind in judgement.may_be),
        certainty=judgement.certainty.value,
        ruling=judgement.ruling.value,
        rulings=tuple(RulingLine(r.ruling.value, r.on, r.words) for r in judgement.rulings),
        is_dispositive=judgement.is_dispositive,
        date_filed=entry.date_filed,
        published_at=entry.published_at,
        first_seen_at=entry.first_seen_at,
        url=entry.url,
        source_keys=entry.keys,
        sighting_keys=sighting_keys,
        source_ids=entry.source_ids,
        is_withdrawn=entry.is_withdrawn,
        possible_duplicate_of=entry.possible_duplicate_of,
    )


# --- one entry ---


def find(record: Record, raw: str) -> str:
    """The id of the one entry that is meant. Raises UsageError where none or several fit."""
    docket, _, number = raw.partition("#")
    if "/" in docket and number.isdecimal():
        court_id, _, printed = docket.partition("/")
        spelled = normalize_docket_number(printed)
        ids = _numbered(record, court_id, spelled, number)
        if not ids:
            _check_place(record, raw, EntryQuery(court_id=court_id, docket_number=spelled))
    else:
        ids = _beginning_with(record, raw)
    ids = [one for one in ids if not is_imported(one)] or ids
    if len(ids) == 1:
        return ids[0]
    if not ids:
        raise UsageError(f"no entry is called {raw!r}; `docket-monitor history` lists their ids")
    raise UsageError(f"{raw!r} may be any of {', '.join(ids)}: write more of the id")


def _check_place(record: Record, raw: str, query: EntryQuery) -> None:
    """Whoever misspelt the docket is asked back. Raises UsageError."""
    try:
        check_docket(record, query)
    except UsageError as exc:
        raise UsageError(f"no entry is called {raw!r}: {exc}") from exc


def _beginning_with(record: Record, prefix: str) -> list[str]:
    t = schema.entries
    query = sa.select(t.c.entry_id).where(t.c.entry_id.startswith(prefix, autoescape=True))
    query = query.order_by(t.c.entry_id != prefix, t.c.entry_id).limit(_MOST_NAMED)
    found = list(record.connection.execute(query).scalars())
    return [prefix] if prefix in found else found


def _numbered(record: Record, court_id: str, docket_number: str, number: str) -> list[str]:
    """The entries of a docket that bear this number; the office may be left out, as people do."""
    if len(number) > len(str(LARGEST_NUMBER)) or int(number) > LARGEST_NUMBER:
        return []
    t = schema.entries
    spelled = sa.or_(
        t.c.docket_id == f"{court_id}/{docket_number}",
        sa.and_(
            t.c.docket_id.startswith(f"{court_id}/", autoescape=True),
            t.c.docket_id.endswith(f":{docket_number}", autoescape=True),
        ),
    )
    query = sa.select(t.c.entry_id).where(
        spelled, t.c.entry_number == int(number), t.c.merged_into == ""
    )
    return list(record.connection.execute(query).scalars())


def entry_and_docket(
    record: Record, entry_id: str, as_of: AsOf | None = None
) -> tuple[DocketEntry, Docket]:
    """An entry, or the one that it turned out to be, and its docket; as it stands, or stood.

    Raises UsageError for an entry that was not known then.
    """
    entry = _what_became_of(record, entry_id)
    docket = record.unit.entries.dockets([entry.docket_id])[entry.docket_id]
    if as_of is None:
        return entry, docket
    if is_imported(entry.entry_id):
        raise UsageError("this entry was imported: what we had seen on a day does not know of it")
    if entry.first_seen_at > moment_of(as_of, docket.court_id):
        seen = entry.first_seen_at.isoformat(timespec="minutes")
        raise UsageError(f"this entry was not known then: it was first seen {seen}")
    ((stood, _, _),) = standing(record, [entry.entry_id], as_of)
    return stood, docket


def _what_became_of(record: Record, entry_id: str) -> DocketEntry:
    """The entry that this one turned out to be; itself, where that leads nowhere."""
    (entry,) = record.unit.entries.by_id([entry_id])
    met = {entry_id}
    while entry.merged_into and entry.merged_into not in met:
        met.add(entry.merged_into)
        found = record.unit.entries.by_id([entry.merged_into])
        if not found:
            return entry
        (entry,) = found
    return entry


def detail(record: Record, entry_id: str, as_of: AsOf | None = None) -> EntryDetail:
    """Everything known of one entry, now or then.

    Raises UsageError for an entry that was not known then.
    """
    entry, docket = entry_and_docket(record, entry_id, as_of)
    end = moment_of(as_of, docket.court_id) if as_of else _FAR
    seen = [one for one in _sightings(record, entry.entry_id) if _is_of(as_of, one.source_id)]
    seen = [one for one in seen if one.first_seen_at <= end]
    line = line_of(entry, docket, tuple(one.sighting_key for one in seen))
    changes = reversed(changes_of(record, [entry.entry_id]).get(entry.entry_id, []))
    told = of_entry(record, entry.entry_id)
    more = rows.fields_of(
        EntryDetail,
        line,
        # When a document came free is not on record: of a past day none is shown.
        documents=() if as_of else entry.documents,
        sightings=tuple(seen),
        changes=tuple(one for one in changes if one.at <= end and _is_of(as_of, one.source_id)),
        deliveries=tuple(one for one in told if one.created_at <= end),
        reports=tuple(_reports(record, entry.entry_id, end)),
    )
    return EntryDetail(**more)


def _is_of(as_of: AsOf | None, source_id: str) -> bool:
    """Of a past day there is shown what we had seen ourselves: when the rest came is not said."""
    return as_of is None or not is_imported(source_id)


def _reports(record: Record, entry_id: str, end: datetime) -> list[ReportLine]:
    """What the press wrote about the entry until then, the earliest first."""
    t = schema.stories
    query = sa.select(t).where(t.c.entry_id == entry_id, t.c.first_seen_at <= end)
    query = query.order_by(t.c.published_at, t.c.first_seen_at, t.c.item_key)
    return [ReportLine(**rows.fields_of(ReportLine, row)) for row in record.rows(query)]


def _sightings(record: Record, entry_id: str) -> list[SightingLine]:
    """Who saw the entry when, the earliest first."""
    t = schema.sightings
    query = sa.select(t).where(t.c.entry_id == entry_id)
    query = query.order_by(t.c.first_seen_at, t.c.source_id, t.c.sighting_key)
    return [SightingLine(**rows.fields_of(SightingLine, row)) for row in record.rows(query)]


def change_line(row: Any) -> ChangeLine:
    """A row of the change log."""
    detail: Mapping[str, str] = row.detail
    return ChangeLine(
        at=row.at,
        kind=row.kind,
        source_id=row.source_id,
        entry_id=row.entry_id or "",
        docket_id=row.docket_id or "",
        field=detail.get("field", ""),
        before=str(detail.get("before", "")),
        after=str(detail.get("after", "")),
    )
