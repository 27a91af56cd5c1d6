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
    #: Since when nothing is sent to him (None: he is on), and who wants it: `reader`, `operator`.
    off_since: datetime | None
    off_by: str
    #: Since when he is tried only now and then; None for one that is tried as usual.
    rests_since: datetime | None
    #: Why he is off or rests.
    reason: str
    #: Since when every attempt failed; None where the last one did not.
    failing_since: datetime | None
    #: How many notifications wait for him.
    waiting: int
    last_sent_at: datetime | None


def recipients(record: Record, names: Collection[str]) -> tuple[RecipientLine, ...]:
    """Those of these names, in their order."""
    d = schema.deliveries
    channels = {one.recipient: one for one in record.unit.channels.every()}
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
        off_by=channel.off_by.value,
        rests_since=channel.rests_since,
        reason=channel.reason,
        failing_since=channel.failing_since,
        waiting=row.waiting if row else 0,
        last_sent_at=row.last_sent_at if row else None,
    )
