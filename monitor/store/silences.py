"""What people muted. One part of a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.model.delivery import DeliveryState
from monitor.model.silence import Silence
from monitor.store import schema
from monitor.store.writer import Writer


@dataclass(frozen=True, slots=True)
class SilenceTable:
    """See `ports.Silences`."""

    writer: Writer

    def add(self, silence: Silence) -> None:
        row = {
            "silence_id": silence.silence_id,
            "created_at": silence.created_at,
            "until_at": silence.until,
            "ended_at": silence.ended_at,
            "reason": silence.reason,
            "recipient": silence.recipient,
            "case_id": silence.case_id,
            "docket_id": silence.docket_id,
            "kinds": list(silence.kinds),
            "topics": list(silence.topics),
        }
        self.writer.add(schema.silences, [row])

    def on(self, now: datetime) -> Sequence[Silence]:
        return [one for one in self.every() if one.is_on(now)]

    def every(self) -> Sequence[Silence]:
        """All that there were, the latest first."""
        t = schema.silences
        query = sa.select(t).order_by(t.c.created_at.desc(), t.c.silence_id)
        return [_silence(row) for row in self.writer.connection.execute(query)]

    def end(self, silence: Silence, now: datetime) -> None:
        """It mutes nothing any more, and what waited under it alone is sent."""
        t, d, c = schema.silences, schema.deliveries, schema.delivery_alerts
        ended = sa.update(t).where(t.c.silence_id == silence.silence_id).values(ended_at=now)
        self.writer.connection.execute(ended)
        under = sa.select(c.c.delivery_id).where(c.c.rule.contains(silence.mark, autoescape=True))
        waits = sa.and_(
            d.c.delivery_id.in_(under),
            d.c.state == DeliveryState.PENDING.value,
            d.c.attempts == 0,
            d.c.send_after > now,
        )
        free = sa.update(d).where(waits).values(send_after=now, next_attempt_at=now)
        self.writer.connection.execute(free)


def _silence(row: sa.Row[tuple[object, ...]]) -> Silence:
    return Silence(
        silence_id=row.silence_id,
        created_at=row.created_at,
        until=row.until_at,
        reason=row.reason,
        recipient=row.recipient,
        case_id=row.case_id,
        docket_id=row.docket_id,
        kinds=tuple(row.kinds),
        topics=tuple(row.topics),
        ended_at=row.ended_at,
    )
