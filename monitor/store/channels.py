"""Recipients to whom nothing gets through, or who want nothing more. One part of a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.model.channel import Channel
from monitor.store import schema
from monitor.store.writer import Writer


@dataclass(frozen=True, slots=True)
class ChannelTable:
    """See `ports.Channels`."""

    writer: Writer

    def failed(self, recipient: str, now: datetime) -> datetime:
        t = schema.channels
        self.writer.add_new(t, [{"recipient": recipient, "failing_since": now, "reason": ""}])
        first = sa.and_(t.c.recipient == recipient, t.c.failing_since.is_(None))
        self.writer.connection.execute(sa.update(t).where(first).values(failing_since=now))
        since = sa.select(t.c.failing_since).where(t.c.recipient == recipient)
        found: datetime = self.writer.connection.execute(since).scalar_one()
        return found

    def worked(self, recipient: str) -> None:
        t = schema.channels
        ours = t.c.recipient == recipient
        self.writer.connection.execute(sa.update(t).where(ours).values(failing_since=None))
        spent = sa.and_(ours, t.c.off_since.is_(None))
        self.writer.connection.execute(sa.delete(t).where(spent))

    def switch_off(self, recipient: str, since: datetime, reason: str) -> bool:
        t = schema.channels
        self.writer.add_new(t, [{"recipient": recipient, "reason": ""}])
        on = sa.and_(t.c.recipient == recipient, t.c.off_since.is_(None))
        off = sa.update(t).where(on).values(off_since=since, reason=reason)
        return self.writer.connection.execute(off).rowcount == 1

    def switch_on(self, recipient: str) -> bool:
        t = schema.channels
        off = sa.and_(t.c.recipient == recipient, t.c.off_since.is_not(None))
        return self.writer.connection.execute(sa.delete(t).where(off)).rowcount == 1

    def off(self) -> Sequence[Channel]:
        t = schema.channels
        query = sa.select(t).where(t.c.off_since.is_not(None)).order_by(t.c.recipient)
        return [Channel(**row._mapping) for row in self.writer.connection.execute(query)]
