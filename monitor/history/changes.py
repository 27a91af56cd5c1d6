"""What changed in the record between two moments."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from monitor.history.answers import ChangeLine
from monitor.history.entries import change_line
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
