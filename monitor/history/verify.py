"""Whether the change log is the one that was written: every row follows from the one before."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from monitor.history.record import Record, at_one_moment
from monitor.store import schema
from monitor.store.chain import BEGINNING, FIELDS, link
from monitor.store.writer import Row

#: So many rows are held at once.
_AT_ONCE = 2_000


class Fault(StrEnum):
    """What is wrong with a chain where it first breaks."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True)
class Break:
    """The first row that does not follow from the one before it."""

    change_id: int
    fault: Fault
    words: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found of the chain."""

    is_whole: bool
    #: How many rows follow from each other, the number of the last, and its hash.
    count: int
    last_change_id: int
    head: str
    broken: Break | None = None
    #: A head that was noted formerly, and whether the chain still goes through it.
    since_head: str = ""
    has_since_head: bool | None = None
    changes_since: int | None = None


@dataclass(slots=True)
class _Walk:
    """How far the chain was followed."""

    count: int = 0
    last_id: int = 0
    hash: str = BEGINNING
    #: How many rows there were up to the noted head; None where it was not met.
    met_at: int | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    change_id: int
    hash: str
    #: None where what stands there is nothing that was ever written.
    fields: Row | None


def verify(
    record: Record, since_head: str = "", progress: Callable[[int], None] = lambda _count: None
) -> Verification:
    """Follow the chain from its first row to its head, in constant memory.

    `progress` is told how many rows were followed. It stops where the chain first breaks.
    """
    # Head and rows must be of one moment.
    at_one_moment(record)
    walk = _Walk(met_at=0 if since_head == BEGINNING else None)
    head = record.rows(sa.select(schema.chain_head)).first()
    with closing(_rows(record)) as rows:
        broken = _follow(record, rows, walk, head, since_head, progress)
    return Verification(
        is_whole=broken is None and (not since_head or walk.met_at is not None),
        count=walk.count,
        last_change_id=walk.last_id,
        head=walk.hash,
        broken=broken,
        since_head=since_head,
        has_since_head=walk.met_at is not None if since_head else None,
        changes_since=None if walk.met_at is None else walk.count - walk.met_at,
    )


def size(record: Record) -> int:
    """How many rows there are to be followed."""
    return int(record.connection.scalar(sa.select(sa.func.count(schema.changes.c.change_id))) or 0)


def _follow(
    record: Record,
    rows: Iterator[_Row],
    walk: _Walk,
    head: sa.Row[Any] | None,
    since_head: str,
    progress: Callable[[int], None],
) -> Break | None:
    for row in rows:
        if _hash(walk.hash, row) != row.hash:
            return _break(record, walk, row)
        if head is not None and row.change_id > head.last_id:
            words = f"the chain ended with change {head.last_id}: somebody added this one to it"
            return Break(row.change_id, Fault.INSERTED, words)
        walk.count, walk.last_id, walk.hash = walk.count + 1, row.change_id, row.hash
        if row.hash == since_head:
            walk.met_at = walk.count
        if walk.count % _AT_ONCE == 0:
            progress(walk.count)
    return _break_at_end(walk, head)


def _rows(record: Record, begin: int | None = None) -> Generator[_Row]:
    """All rows from this number on, as they stand: what was tampered with may be no JSON."""
    c = schema.changes.c
    plain = {"at": sa.type_coerce(c.at, sa.String), "detail": sa.cast(c.detail, sa.Text)}
    query = sa.select(*(plain.get(name, c[name]).label(name) for name in FIELDS), c.hash)
    query = query.order_by(c.change_id)
    query = query if begin is None else query.where(c.change_id >= begin)
    options = {"stream_results": True, "yield_per": _AT_ONCE}
    with record.connection.execute(query, execution_options=options) as found:
        for row in found:
            yield _Row(row.change_id, row.hash, _fields(row._asdict()))


def _fields(row: Row) -> Row | None:
    try:
        at, detail = row["at"], json.loads(row["detail"])
        moment = datetime.fromisoformat(at).replace(tzinfo=UTC) if isinstance(at, str) else at
        return {name: row[name] for name in FIELDS} | {"at": moment, "detail": detail}
    except (TypeError, ValueError):
        return None


def _hash(previous: str, row: _Row, change_id: int | None = None) -> str | None:
    """What its hash would be behind this one, under its own number or another."""
    if row.fields is None:
        return None
    number = row.change_id if change_id is None else change_id
    try:
        return link(previous, {**row.fields, "change_id": number})
    except (TypeError, ValueError, AttributeError):
        return None


# --- what is wrong ---


def _break(record: Record, walk: _Walk, row: _Row) -> Break:
    """Name the fault: by the row that belongs here, if it stands anywhere, else by the numbers."""
    if _hash(walk.hash, row, walk.last_id + 1) == row.hash:
        words = f"it was written as change {walk.last_id + 1}, and its number is another now"
        return Break(row.change_id, Fault.CHANGED, words)
    before = row.hash
    with closing(_rows(record, row.change_id + 1)) as later:
        for other in later:
            if found := _displaced(walk, row, other, before):
                return found
            before = other.hash
    return _lost_or_changed(walk, row)


def _displaced(walk: _Walk, row: _Row, other: _Row, before: str) -> Break | None:
    """What it means that another row belongs where this one stands; None where it does not."""
    if _hash(walk.hash, other) == other.hash:
        words = f"change {other.change_id} follows the one before it: somebody put this between"
        return Break(row.change_id, Fault.INSERTED, words)
    is_swapped = _hash(walk.hash, other, row.change_id) == row.hash
    numbers = {walk.last_id + 1, row.change_id}
    if not is_swapped and all(_hash(walk.hash, other, n) != other.hash for n in numbers):
        return None
    is_place_empty = row.change_id > walk.last_id + 1
    if is_swapped or is_place_empty or _belongs_later(row, other, before):
        words = f"what was written here stands as change {other.change_id} now"
        return Break(row.change_id, Fault.REORDERED, words)
    words = f"what was written here is change {other.change_id} now: somebody put this before it"
    return Break(row.change_id, Fault.INSERTED, words)


def _belongs_later(row: _Row, other: _Row, before: str) -> bool:
    """Whether this row was written too, behind the other or where the other stands."""
    places = ((p, n) for p in (before, other.hash) for n in (other.change_id, row.change_id + 1))
    return any(_hash(previous, row, number) == row.hash for previous, number in places)


def _lost_or_changed(walk: _Walk, row: _Row) -> Break:
    first, last = walk.last_id + 1, row.change_id - 1
    if first <= last:
        words = f"change {first} is" if first == last else f"changes {first} to {last} are"
        return Break(row.change_id, Fault.MISSING, f"{words} gone, which stood before it")
    if row.fields is None:
        return Break(row.change_id, Fault.CHANGED, "it holds what was never written")
    words = "it is not what was written, or the one before it was written anew"
    return Break(row.change_id, Fault.CHANGED, words)


def _break_at_end(walk: _Walk, head: sa.Row[Any] | None) -> Break | None:
    if head is None:
        words = "the note of where the chain ends is gone: nobody can tell what stood behind this"
        return Break(walk.last_id, Fault.MISSING, words)
    if walk.last_id < head.last_id:
        words = f"the changes up to {head.last_id} are gone, which stood behind it"
        return Break(walk.last_id, Fault.MISSING, words)
    if (walk.hash, walk.count) != (head.hash, head.length):
        words = "the chain ended with another hash or count: it, or the note of it, was changed"
        return Break(walk.last_id, Fault.CHANGED, words)
    return None
