"""From what is known of an entry back to the bytes that it was read from."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.errors import StoreError, UsageError
from monitor.history.record import Record
from monitor.store import schema

_SHORTEST = 8
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class KeptBody:
    """An answer of a source, and whether its bytes are kept still."""

    body_hash: str
    source_id: str
    at: datetime
    place: int
    url: str
    content_type: str
    etag: str
    last_modified: str
    served_at: datetime | None
    #: None where they are forgotten; the hash can still be proved by whoever has a copy.
    size: int | None


@dataclass(frozen=True, slots=True)
class UnreadItem:
    """An item of the same answers that could not be read."""

    source_id: str
    raw_hash: str
    reason: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class TracedSighting:
    """A sighting, and what first showed it: answers that we asked for, or what was pushed."""

    source_id: str
    sighting_key: str
    first_seen_at: datetime
    bodies: tuple[KeptBody, ...]
    push_ids: tuple[str, ...]
    unreadable: tuple[UnreadItem, ...]


def trace(record: Record, entry_id: str) -> tuple[TracedSighting, ...]:
    """Each sighting of an entry with the bytes that first showed it, the earliest first."""
    t = schema.sightings
    query = sa.select(t.c.source_id, t.c.sighting_key, t.c.first_seen_at)
    query = query.where(t.c.entry_id == entry_id)
    found = record.rows(query.order_by(t.c.first_seen_at, t.c.source_id, t.c.sighting_key))
    return tuple(_traced(record, *row) for row in found.all())


def _traced(record: Record, source_id: str, key: str, at: datetime) -> TracedSighting:
    k = schema.kept_polls
    bodies = _bodies(record, k.c.source_id == source_id, k.c.at == at)
    return TracedSighting(
        source_id=source_id,
        sighting_key=key,
        first_seen_at=at,
        bodies=bodies,
        push_ids=_pushes(record, source_id, at),
        unreadable=_unreadable(record, source_id, at),
    )


def _bodies(record: Record, *conditions: sa.ColumnElement[bool]) -> tuple[KeptBody, ...]:
    k, b = schema.kept_polls, schema.bodies
    query = sa.select(k, b.c.size).outerjoin(b, b.c.hash == k.c.body_hash).where(*conditions)
    found = record.rows(query.order_by(k.c.at, k.c.source_id, k.c.place))
    return tuple(KeptBody(**row._mapping) for row in found)


def _pushes(record: Record, source_id: str, at: datetime) -> tuple[str, ...]:
    """What was pushed by this source and read at that moment: it is settled right afterwards."""
    p = schema.pushes
    query = sa.select(p.c.push_id).where(p.c.source_id == source_id)
    query = query.where(p.c.received_at <= at, p.c.processed_at >= at)
    return tuple(record.rows(query.order_by(p.c.processed_at, p.c.push_id).limit(1)).scalars())


def _unreadable(record: Record, source_id: str, at: datetime) -> tuple[UnreadItem, ...]:
    u = schema.unreadable
    query = sa.select(u.c.source_id, u.c.raw_hash, u.c.reason, u.c.seen_at)
    query = query.where(u.c.source_id == source_id, u.c.seen_at == at)
    return tuple(UnreadItem(*row) for row in record.rows(query.order_by(u.c.raw_hash)))


# --- the bytes ---


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body, or an item that could not be read, and the polls that brought it."""

    hash: str
    size: int
    first_kept_at: datetime
    #: Why it could not be read; empty for a body.
    reason: str
    polls: tuple[KeptBody, ...]


def body(record: Record, prefix: str) -> tuple[BodyLine, bytes]:
    """The one body whose hash begins so, or the one unreadable item.

    Raises UsageError where there is none or more than one, StoreError where what is kept has
    another hash than when it was kept.
    """
    if len(prefix) < _SHORTEST:
        raise UsageError(f"write {_SHORTEST} signs of the hash at least: `show ENTRY --raw` has it")
    b, u = schema.bodies, schema.unreadable
    names = _beginning_with(record, b.c.hash, prefix) + _beginning_with(
        record, u.c.raw_hash, prefix
    )
    if len(names) > 1:
        raise UsageError(f"{prefix!r} may be any of {', '.join(names)}: write more of it")
    if not names:
        raise UsageError(_why_none(record, prefix))
    return _whole(record, names[0]) or _item(record, names[0])


def _beginning_with(record: Record, column: sa.Column[str], prefix: str) -> list[str]:
    query = sa.select(column).distinct().where(column.startswith(prefix, autoescape=True))
    return list(record.rows(query.order_by(column).limit(_MOST_NAMED)).scalars())


def _why_none(record: Record, prefix: str) -> str:
    k = schema.kept_polls
    polls: Sequence[KeptBody] = _bodies(record, k.c.body_hash.startswith(prefix, autoescape=True))
    if polls:
        name = polls[-1].body_hash
        return (
            f"the bytes of {name} are forgotten (`keep:` says when); a copy of them has this hash"
        )
    return (
        f"no body is called {prefix!r}; `docket-monitor show ENTRY --raw` names those of an entry"
    )


def _whole(record: Record, name: str) -> tuple[BodyLine, bytes] | None:
    b = schema.bodies
    row = record.rows(sa.select(b).where(b.c.hash == name)).first()
    if row is None:
        return None
    content = unpacked(name, row.content)
    polls = _bodies(record, schema.kept_polls.c.body_hash == name)
    return BodyLine(name, len(content), row.first_kept_at, "", polls), content


def unpacked(name: str, packed: bytes) -> bytes:
    """The bytes of this SHA-256. Raises StoreError where they were changed since."""
    try:
        content = zlib.decompress(packed)
    except zlib.error:
        content = b""
    if hashlib.sha256(content).hexdigest() != name:
        raise StoreError(f"what is kept as {name} has another hash: somebody changed it since")
    return content


def _item(record: Record, name: str) -> tuple[BodyLine, bytes]:
    u = schema.unreadable
    row = record.rows(sa.select(u).where(u.c.raw_hash == name).order_by(u.c.seen_at)).first()
    raw: bytes = row.raw.encode("utf-8", "surrogatepass")
    return BodyLine(name, len(raw), row.seen_at, row.reason, ()), raw
