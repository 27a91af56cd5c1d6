"""What the record holds of one case, for a stranger: own sightings, and nobody's address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from monitor.history.bodies import unpacked
from monitor.history.conditions import is_of_case
from monitor.history.record import Record
from monitor.model.docket import DocketEntry
from monitor.model.evidence import (
    EvidenceChange,
    EvidenceDocket,
    EvidenceDocument,
    EvidenceEntry,
    EvidencePoll,
    EvidenceSighting,
    EvidenceSource,
)
from monitor.passwords import hide_passwords
from monitor.store import rows, schema
from monitor.store.chain import canonical
from monitor.store.writer import chunks, is_own

_STREAMED = {"stream_results": True, "yield_per": 1_000}
_GAPS = ("gap_opened", "gap_closed")


def label_of(record: Record, case_id: str) -> str:
    """What people call the case."""
    labels = (one.case_label for one in record.unit.watches.every() if one.case_id == case_id)
    return next(labels, case_id)


def dockets(record: Record, case_id: str) -> Iterator[EvidenceDocket]:
    d = schema.dockets
    query = sa.select(d).where(is_of_case(case_id)).order_by(d.c.docket_id)
    for row in _streamed(record, query):
        yield EvidenceDocket(**rows.fields_of(EvidenceDocket, row))


def entries(record: Record, case_id: str) -> Iterator[EvidenceEntry]:
    """Every entry of the case, those that turned out to be another one, too."""
    names = set(record.connection.execute(_entry_ids(case_id)).scalars())
    for some in chunks(names):
        for entry in record.unit.entries.by_id(some):
            yield _entry(entry)


def _entry(entry: DocketEntry) -> EvidenceEntry:
    documents = tuple(
        EvidenceDocument(**rows.fields_of(EvidenceDocument, one)) for one in entry.documents
    )
    return EvidenceEntry(**rows.fields_of(EvidenceEntry, entry, documents=documents))


def sources(record: Record, case_id: str) -> Iterator[EvidenceSource]:
    t = schema.sources
    query = sa.select(t).where(t.c.source_id.in_(_source_ids(case_id))).order_by(t.c.source_id)
    for row in _streamed(record, query):
        yield EvidenceSource(**rows.fields_of(EvidenceSource, row))


def sightings(record: Record, case_id: str) -> Iterator[EvidenceSighting]:
    t = schema.sightings
    query = sa.select(t).where(_is_sighting(case_id)).order_by(t.c.source_id, t.c.sighting_key)
    for row in _streamed(record, query):
        yield EvidenceSighting(**rows.fields_of(EvidenceSighting, row))


# --- the change log ---


def chain(record: Record) -> Iterator[tuple[int, str]]:
    """Number and hash of every row of the log, whatever it is about."""
    c = schema.changes
    query = sa.select(c.c.change_id, c.c.hash).order_by(c.c.change_id)
    for row in _streamed(record, query):
        yield row.change_id, row.hash


def changes(record: Record, case_id: str) -> Iterator[EvidenceChange]:
    """The rows about the case, and about holes in what its sources saw, as they were hashed."""
    c = schema.changes
    is_ours = sa.or_(
        c.c.entry_id.in_(_entry_ids(case_id)),
        c.c.docket_id.in_(_docket_ids(case_id)),
        sa.and_(c.c.kind.in_(_GAPS), c.c.source_id.in_(_source_ids(case_id))),
    )
    query = sa.select(c).where(is_ours, is_own(c.c.source_id)).order_by(c.c.change_id)
    for row in _streamed(record, query):
        yield EvidenceChange(row.hash, canonical(row._asdict()))


# --- bytes ---


def polls(record: Record, case_id: str) -> Iterator[EvidencePoll]:
    """The answers that brought a sighting or a change of the case."""
    k, b, t, c = schema.kept_polls, schema.bodies, schema.sightings, schema.changes
    seen = sa.select(t.c.source_id, t.c.first_seen_at.label("at")).where(_is_sighting(case_id))
    again = sa.select(t.c.source_id, t.c.changed_at.label("at")).where(_is_sighting(case_id))
    of_entries = c.c.entry_id.in_(_entry_ids(case_id))
    of_dockets = c.c.docket_id.in_(_docket_ids(case_id))
    changed = sa.select(c.c.source_id, c.c.at).where(of_entries | of_dockets)
    moments = sa.union(seen, again, changed).subquery()
    is_there = sa.exists().where(b.c.hash == k.c.body_hash).label("is_kept")
    joined = sa.and_(k.c.source_id == moments.c.source_id, k.c.at == moments.c.at)
    query = sa.select(k, is_there).join(moments, joined)
    for row in _streamed(record, query.order_by(k.c.source_id, k.c.at, k.c.place)):
        url, is_kept = hide_passwords(row.url), bool(row.is_kept)
        yield EvidencePoll(**rows.fields_of(EvidencePoll, row, url=url, is_kept=is_kept))


def body(record: Record, name: str) -> bytes:
    """The bytes of this hash. Raises StoreError where they were changed since they were kept."""
    b = schema.bodies
    content = record.connection.scalar(sa.select(b.c.content).where(b.c.hash == name))
    return unpacked(name, content or b"")


# --- what is of a case ---


def _docket_ids(case_id: str) -> sa.Select[tuple[str]]:
    return sa.select(schema.dockets.c.docket_id).where(is_of_case(case_id))


def _entry_ids(case_id: str) -> sa.Select[tuple[str]]:
    e = schema.entries
    of_case = e.c.docket_id.in_(_docket_ids(case_id))
    return sa.select(e.c.entry_id).where(of_case, is_own(e.c.entry_id))


def _is_sighting(case_id: str) -> sa.ColumnElement[bool]:
    t = schema.sightings
    return sa.and_(t.c.entry_id.in_(_entry_ids(case_id)), is_own(t.c.source_id))


def _source_ids(case_id: str) -> sa.Select[tuple[str]]:
    return sa.select(schema.sightings.c.source_id).where(_is_sighting(case_id)).distinct()


def _streamed(record: Record, query: sa.Select[Any]) -> Iterator[sa.Row[Any]]:
    with record.connection.execute(query, execution_options=_STREAMED) as found:
        yield from found
