"""The record in numbers, for machines that watch the daemon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.history.record import Record
from monitor.model.delivery import DeliveryState
from monitor.store import schema


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts by name, as the record stands now."""

    #: (recipient, state) -> how many.
    deliveries: dict[tuple[str, str], int]
    #: Recipient -> how long the delivery has waited that is due the longest.
    late: dict[str, timedelta]
    #: Topic -> how many, ever.
    alerts: dict[str, int]
    #: State -> how many bodies that were posted to us.
    pushes: dict[str, int]


def figures(record: Record, now: datetime) -> Figures:
    """Everything that is counted, in one look."""
    d = schema.deliveries
    counted = sa.select(d.c.recipient, d.c.state, sa.func.count())
    is_due = sa.and_(d.c.state == DeliveryState.PENDING.value, d.c.send_after <= now)
    c = schema.channels
    # What waits for somebody who is off waits because he, or somebody, wants it so.
    off = sa.select(c.c.recipient).where(c.c.off_since.is_not(None))
    oldest = sa.select(d.c.recipient, sa.func.min(d.c.send_after)).where(is_due)
    oldest = oldest.where(d.c.recipient.not_in(off))
    return Figures(
        deliveries={
            (recipient, state): count
            for recipient, state, count in record.rows(counted.group_by(d.c.recipient, d.c.state))
        },
        late={name: now - since for name, since in record.rows(oldest.group_by(d.c.recipient))},
        alerts=_by(record, schema.alerts.c.topic),
        pushes=_by(record, schema.pushes.c.state),
    )


def _by(record: Record, column: sa.Column[str]) -> dict[str, int]:
    counted = sa.select(column.label("name"), sa.func.count().label("count"))
    return {row.name: row.count for row in record.rows(counted.group_by(column))}
