"""What was pushed to us, raw, until it is read and for a while after. One part of a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.model.push import Push, PushState
from monitor.store import schema
from monitor.store.writer import Writer

DONE = (PushState.READ, PushState.REPEATED, PushState.IGNORED)


@dataclass(frozen=True, slots=True)
class PushTable:
    """See `ports.Pushes`."""

    writer: Writer

    def add(self, pushes: Sequence[Push]) -> None:
        self.writer.add_new(schema.pushes, [_row(push) for push in pushes])

    def waiting(self, limit: int) -> Sequence[Push]:
        t = schema.pushes
        query = sa.select(t).where(t.c.state == PushState.WAITING.value)
        found = self.writer.connection.execute(
            query.order_by(t.c.received_at, t.c.push_id).limit(limit)
        )
        return [to_push(row) for row in found]

    def was_read(self, push: Push) -> bool:
        t = schema.pushes
        same = sa.and_(
            t.c.content_hash == push.content_hash,
            t.c.source_id == push.source_id,
            t.c.push_id != push.push_id,
            t.c.state == PushState.READ.value,
        )
        return bool(self.writer.connection.scalar(sa.select(sa.exists().where(same))))

    def settle(self, push: Push) -> None:
        t = schema.pushes
        values = {
            "state": push.state.value,
            "content_hash": push.content_hash,
            "note": push.note,
            "processed_at": push.processed_at,
        }
        ours = sa.update(t).where(t.c.push_id == push.push_id)
        self.writer.connection.execute(ours.values(values))

    def latest(self, limit: int, state: PushState | None = None) -> Sequence[Push]:
        """The latest ones, of all states or of this one."""
        t = schema.pushes
        query = sa.select(t).order_by(t.c.received_at.desc(), t.c.push_id).limit(limit)
        query = query if state is None else query.where(t.c.state == state.value)
        return [to_push(row) for row in self.writer.connection.execute(query)]

    def names(self, limit: int) -> Sequence[str]:
        """The names of the latest ones, without their bodies."""
        t = schema.pushes
        query = sa.select(t.c.push_id).order_by(t.c.received_at.desc(), t.c.push_id).limit(limit)
        return list(self.writer.connection.execute(query).scalars())

    def one(self, push_id: str) -> Push | None:
        t = schema.pushes
        row = self.writer.connection.execute(sa.select(t).where(t.c.push_id == push_id)).first()
        return None if row is None else to_push(row)

    def retry(self, push_id: str) -> bool:
        """Read it once more; False where there is none."""
        t = schema.pushes
        # What it says was the reason why it was not read; of one cut short nothing more is there.
        again = sa.update(t).where(t.c.push_id == push_id)
        again = again.values(state=PushState.WAITING.value, note="", content_hash="")
        return self.writer.connection.execute(again).rowcount == 1

    def forget(self, before: datetime) -> None:
        t = schema.pushes
        old = sa.and_(t.c.received_at < before, t.c.state.in_([one.value for one in DONE]))
        self.writer.connection.execute(sa.delete(t).where(old))


def _row(push: Push) -> dict[str, object]:
    return {
        "push_id": push.push_id,
        "source_id": push.source_id,
        "received_at": push.received_at,
        "body": push.body,
        "state": push.state.value,
        "content_hash": push.content_hash,
        "note": push.note,
        "processed_at": push.processed_at,
    }


def to_push(row: sa.Row[tuple[object, ...]]) -> Push:
    """A row of `pushes`."""
    return Push(**{**row._mapping, "state": PushState(row.state)})
