"""Recipients to whom nothing gets through, or who are off. One part of a unit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.model.channel import Channel, OffBy
from monitor.store import schema
from monitor.store.writer import Writer


@dataclass(frozen=True, slots=True)
class ChannelTable:
    """See `ports.Channels`."""

    writer: Writer

    def failed(self, recipient: str, now: datetime) -> Channel:
        t = schema.channels
        self._count(recipient, now)
        row = self.writer.connection.execute(sa.select(t).where(t.c.recipient == recipient)).first()
        # Another worker may have got through, and taken the row away, at this very moment.
        return to_channel(row) if row else Channel(recipient, 1, now)

    def _count(self, recipient: str, now: datetime) -> None:
        t = schema.channels
        row = {**_new(recipient), "failures": 1, "failing_since": now}
        changed = {
            "failures": t.c.failures + 1,
            "failing_since": sa.func.coalesce(t.c.failing_since, now),
        }
        self.writer.add_or_change(t, row, "recipient", changed)

    def worked(self, recipient: str) -> bool:
        t = schema.channels
        ours = t.c.recipient == recipient
        rested = sa.select(t.c.rests_since).where(ours)
        was_resting = self.writer.connection.scalar(rested) is not None
        well = {"failures": 0, "failing_since": None, "rests_since": None}
        self.writer.connection.execute(sa.update(t).where(ours).values(**well))
        spent = sa.and_(ours, t.c.off_since.is_(None))
        self.writer.connection.execute(sa.delete(t).where(spent))
        return was_resting

    def rest(self, recipient: str, now: datetime, reason: str) -> bool:
        t = schema.channels
        awake = sa.and_(
            t.c.recipient == recipient, t.c.rests_since.is_(None), t.c.off_since.is_(None)
        )
        rests = sa.update(t).where(awake).values(rests_since=now, reason=reason)
        return self.writer.connection.execute(rests).rowcount == 1

    def switch_off(
        self, recipient: str, now: datetime, by: OffBy, reason: str, last_word: str = ""
    ) -> bool:
        t = schema.channels
        self.writer.add_new(t, [_new(recipient)])
        on = sa.and_(t.c.recipient == recipient, t.c.off_since.is_(None))
        values = {"off_since": now, "off_by": by.value, "reason": reason, "last_word": last_word}
        return self.writer.connection.execute(sa.update(t).where(on).values(**values)).rowcount == 1

    def switch_on(self, recipient: str, by: Collection[OffBy] = tuple(OffBy)) -> bool:
        t = schema.channels
        ours = sa.and_(t.c.recipient == recipient, t.c.off_by.in_([one.value for one in by]))
        stands = sa.or_(t.c.off_since.is_not(None), t.c.rests_since.is_not(None))
        return self.writer.connection.execute(sa.delete(t).where(ours, stands)).rowcount == 1

    def off(self) -> Sequence[Channel]:
        return [one for one in self.every() if one.off_since is not None]

    def every(self) -> Sequence[Channel]:
        """All of whom something is known, by name."""
        t = schema.channels
        rows = self.writer.connection.execute(sa.select(t).order_by(t.c.recipient))
        return [to_channel(row) for row in rows]


def to_channel(row: sa.Row[tuple[object, ...]]) -> Channel:
    """A row of `channels`."""
    return Channel(**{**row._mapping, "off_by": OffBy(row.off_by)})


def _new(recipient: str) -> dict[str, object]:
    return {"recipient": recipient, "failures": 0, "off_by": "", "reason": "", "last_word": ""}
