"""Where we read, what is remembered of it, and under whose lease. One part of a unit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.errors import LeaseLost
from monitor.model.outcome import PollOutcome
from monitor.model.source import CLOCKS_DIFFER, NEVER, DueSource, Source
from monitor.store import rows, schema
from monitor.store.writer import Writer, is_free


@dataclass(frozen=True, slots=True)
class SourceTable:
    """See `ports.Sources`."""

    writer: Writer

    def due(
        self,
        now: datetime,
        limit: int,
        ids: Collection[str] | None = None,
        kinds: Collection[str] | None = None,
    ) -> Sequence[DueSource]:
        t, asked = schema.sources, schema.look_ups
        waits = (
            sa.select(sa.func.min(asked.c.priority))
            .where(asked.c.source_id == t.c.source_id, asked.c.next_at <= now)
            .scalar_subquery()
        )
        free = is_free(t, now)
        is_due = sa.or_(t.c.next_due_at <= now, t.c.last_polled_at > now + CLOCKS_DIFFER)
        query = sa.select(t, waits.label("look_up")).where(t.c.enabled, free)
        query = query.where(
            is_due & (t.c.next_due_at < NEVER) if ids is None else t.c.source_id.in_(ids)
        )
        query = query if kinds is None else query.where(t.c.kind.in_(list(kinds)))
        # Only PostgreSQL knows the lock: two workers take different rows without waiting.
        query = query.order_by(t.c.next_due_at).limit(limit)
        found = self.writer.connection.execute(query.with_for_update(skip_locked=True, of=t))
        return [rows.to_due_source(row) for row in found]

    def take(self, source_ids: Collection[str], lease: str, until: datetime) -> None:
        t = schema.sources
        if source_ids:
            take = sa.update(t).where(t.c.source_id.in_(list(source_ids)))
            self.writer.connection.execute(take.values(lease=lease, lease_until=until))

    def postpone(self, source_id: str, until: datetime) -> None:
        t = schema.sources
        waits = sa.update(t).where(t.c.source_id == source_id).values(next_due_at=until)
        self.writer.connection.execute(waits)

    def unreadable(self, source_id: str, hashes: Collection[str]) -> frozenset[str]:
        t = schema.unreadable
        known = sa.select(t.c.raw_hash).where(t.c.source_id == source_id)
        found = known.where(t.c.raw_hash.in_(list(hashes)))
        return frozenset(self.writer.connection.scalars(found)) if hashes else frozenset()

    def put(self, sources: Sequence[Source], now: datetime) -> None:
        """Add these sources, or give known ones their new definition; what was read stays."""
        values = [
            rows.source_row(source)
            | rows.fresh_state_row(NEVER if source.traits.is_pushed else now)
            | {"lease_until": None}
            for source in sources
        ]
        if values:
            self._forget_validators(sources)
            defined = [name for name in rows.source_row(sources[0]) if name != "source_id"]
            self.writer.upsert(schema.sources, values, "source_id", only=defined)

    def _forget_validators(self, sources: Sequence[Source]) -> None:
        """What one address said of itself says nothing of another one."""
        t = schema.sources
        for source in sources:
            moved = sa.update(t).where(t.c.source_id == source.source_id, t.c.url != source.url)
            self.writer.connection.execute(moved.values(etag="", last_modified=""))

    def disable_except(self, source_ids: Collection[str]) -> None:
        """Sources that the configuration no longer names rest; what they showed stays."""
        t = schema.sources
        gone = sa.and_(t.c.origin == "config", t.c.source_id.not_in(list(source_ids)))
        self.writer.connection.execute(sa.update(t).where(gone, t.c.enabled).values(enabled=False))

    def is_on(self, source_id: str) -> bool:
        """Whether this source is read."""
        t = schema.sources
        query = sa.select(t.c.enabled).where(t.c.source_id == source_id)
        return bool(self.writer.connection.scalar(query))

    def save_state(self, outcome: PollOutcome) -> None:
        """First, so that who lost the lease writes nothing. Raises LeaseLost."""
        t = schema.sources
        values = rows.state_row(outcome.state) | {"lease": "", "lease_until": None}
        if outcome.window_changed:
            values |= rows.window_row(outcome.state.window)
        update = sa.update(t).where(t.c.source_id == outcome.source_id, t.c.lease == outcome.lease)
        if self.writer.connection.execute(update.values(values)).rowcount != 1:
            raise LeaseLost(f"{outcome.source_id}: another worker took it over; this poll is void")

    def overdue(self, since: datetime) -> str:
        """A source that was due before `since` and that nobody holds; empty for none."""
        t = schema.sources
        free = is_free(t, since)
        late = sa.select(t.c.source_id).where(t.c.enabled, free, t.c.next_due_at < since)
        return self.writer.connection.scalar(late.limit(1)) or ""
