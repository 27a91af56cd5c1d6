"""What changed in the record between two moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from monitor.history.answers import ChangeLine, EntryLine
from monitor.history.entries import change_line, line_of, standing
from monitor.history.record import Record
from monitor.store import schema


def changes(
    record: Record, since: datetime, until: datetime, limit: int, before_id: int | None = None
) -> tuple[tuple[ChangeLine, ...], int | None]:
    """Changes stored from `since` to `until`, the latest first, and where the rest begins.

    `before_id` is what the page before ended with.
    """
    c = schema.changes
    query = sa.select(c).where(c.c.at >= since, c.c.at < until)
    if before_id is not None:
        query = query.where(c.c.change_id < before_id)
    found = list(record.rows(query.order_by(c.c.change_id.desc()).limit(limit + 1)))
    rest = found[limit - 1].change_id if len(found) > limit else None
    return tuple(change_line(row) for row in found[:limit]), rest


def entries_of(record: Record, found: Iterable[ChangeLine]) -> Mapping[str, EntryLine]:
    """The entries that changes are about, as they stand now; what is forgotten is left out."""
    ids = dict.fromkeys(change.entry_id for change in found if change.entry_id)
    kept = [entry.entry_id for entry in record.unit.entries.by_id(list(ids))]
    return {one[0].entry_id: line_of(*one) for one in standing(record, kept, None)}
