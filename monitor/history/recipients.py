"""Who is told, and whether anything gets through to him."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.history.record import Record
from monitor.model.channel import Channel
from monitor.model.delivery import DeliveryState
from monitor.store import schema


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """One recipient."""

    recipient: str
    #: Since when nothing is sent to him, and why; None and empty for one that is on.
    off_since: datetime | None
    reason: str
    #: Since when every attempt failed; None where the last one did not.
    failing_since: datetime | None
    #: How many notifications wait for him.
    waiting: int
    last_sent_at: datetime | None


def recipients(record: Record, names: Collection[str]) -> tuple[RecipientLine, ...]:
    """Those of these names, in their order."""
    d, c = schema.deliveries, schema.channels
    channels = {row.recipient: Channel(**row._mapping) for row in record.rows(sa.select(c))}
    is_waiting = d.c.state == DeliveryState.PENDING.value
    counted = sa.select(
        d.c.recipient,
        sa.func.count().filter(is_waiting).label("waiting"),
        sa.func.max(d.c.sent_at).label("last_sent_at"),
    ).group_by(d.c.recipient)
    found = {row.recipient: row for row in record.rows(counted)}
    return tuple(_line(channels.get(name, Channel(name)), found.get(name)) for name in names)


def _line(channel: Channel, row: sa.Row[tuple[object, ...]] | None) -> RecipientLine:
    return RecipientLine(
        recipient=channel.recipient,
        off_since=channel.off_since,
        reason=channel.reason,
        failing_since=channel.failing_since,
        waiting=row.waiting if row else 0,
        last_sent_at=row.last_sent_at if row else None,
    )
