"""Which sources may be read now, by whom, and what is watched. One part of a unit."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.decide.quota import may_ask_at
from monitor.model.quota import Priority
from monitor.model.source import Claim, Source, SourceKind
from monitor.model.watch import Watch, WatchState
from monitor.store import rows, schema
from monitor.store.outbox import Outbox
from monitor.store.quota import Ledger

#: What the quota has no room for is looked at again after this: not at once, and not so late
#: that a limit which the server raised meanwhile goes unused.
#: A source that was read "later than now" was read under a wrong clock: its schedule is, too.
_CLOCKS_DIFFER = timedelta(minutes=15)
_SOON, _LATER = timedelta(seconds=15), timedelta(minutes=10)


class Claims(Ledger, Outbox):
    """What the scheduler and the commands ask of a transaction; see `ports.Unit`."""

    def claim_due(
        self,
        now: datetime,
        limit: int,
        lease_seconds: float,
        ids: Collection[str] | None = None,
    ) -> Sequence[Claim]:
        t = schema.sources
        free = sa.or_(t.c.lease == "", t.c.lease_until < now)
        # A few more, for some of them may have to wait for the quota.
        query = sa.select(t).where(t.c.enabled, free).order_by(t.c.next_due_at).limit(limit + 50)
        query = (
            query.where(sa.or_(t.c.next_due_at <= now, t.c.last_polled_at > now + _CLOCKS_DIFFER))
            if ids is None
            else query.where(t.c.source_id.in_(ids))
        )
        # Only PostgreSQL knows it: two workers take different rows without waiting.
        due = self.connection.execute(query.with_for_update(skip_locked=True)).all()
        chosen = self._affordable(due, now, is_asked_for=ids is not None)[:limit]
        lease = secrets.token_hex(8)
        if chosen:
            names = [row.source_id for row, _ in chosen]
            take = sa.update(t).where(t.c.source_id.in_(names))
            until = now + timedelta(seconds=lease_seconds)
            self.connection.execute(take.values(lease=lease, lease_until=until))
        return [rows.to_claim(row, lease, priority) for row, priority in chosen]

    def _affordable(
        self, due: Sequence[Any], now: datetime, *, is_asked_for: bool
    ) -> list[tuple[Any, Priority | None]]:
        """Those for which the quota has room, the most urgent first; the others wait for it."""
        weighed = [(row, self.priority_of(row.source_id, SourceKind(row.kind), now)) for row in due]
        if not any(priority is not None for _, priority in weighed):
            return weighed
        weighed.sort(key=lambda pair: -1 if pair[1] is None else pair[1])
        spending = self.spending(now)
        chosen: list[tuple[Any, Priority | None]] = []
        for row, regular in weighed:
            # What a person asks for now may spend all that there is.
            priority = Priority.TEXT if is_asked_for and regular is not None else regular
            at = now if priority is None else may_ask_at(spending, priority, now)
            if at <= now:
                chosen.append((row, priority))
                calls = spending.calls if priority is None else (*spending.calls, now)
                spending = replace(spending, calls=calls)
            elif not is_asked_for:
                self._postpone(row.source_id, min(max(at, now + _SOON), now + _LATER))
        return chosen

    def _postpone(self, source_id: str, until: datetime) -> None:
        t = schema.sources
        waits = sa.update(t).where(t.c.source_id == source_id).values(next_due_at=until)
        self.connection.execute(waits)

    def overdue(self, since: datetime, recipients: Collection[str]) -> str:
        """A source or delivery that was due before `since` and that nobody holds; else empty."""
        t, d = schema.sources, schema.deliveries
        free = sa.or_(t.c.lease == "", t.c.lease_until < since)
        source = sa.select(t.c.source_id).where(t.c.enabled, free, t.c.next_due_at < since)
        if found := self.connection.scalar(source.limit(1)):
            return f"source {found} is overdue"
        # A dead channel keeps deliveries waiting too, but is tried all the while.
        a, other = schema.attempts, schema.deliveries.alias()
        tried = sa.exists().where(
            a.c.delivery_id == other.c.delivery_id,
            other.c.recipient == d.c.recipient,
            a.c.at >= since,
        )
        late = sa.select(d.c.delivery_id).where(
            self._is_due(since), d.c.recipient.in_(list(recipients)), ~tried
        )
        found = self.connection.scalar(late.limit(1))
        return f"delivery {found} is overdue" if found else ""

    def watches(self) -> Sequence[Watch]:
        t = schema.watches
        query = sa.select(t).where(t.c.state != WatchState.REMOVED.value).order_by(t.c.watch_id)
        return [rows.to_watch(row) for row in self.connection.execute(query)]

    def put_sources(self, sources: Iterable[Source], now: datetime) -> None:
        """Add these sources, or give known ones their new definition; what was read stays."""
        values = [
            rows.source_row(s) | rows.fresh_state_row(now) | {"lease_until": None} for s in sources
        ]
        if not values:
            return
        statement = self._insert(schema.sources)
        defined = rows.source_row(next(iter(sources)))
        changed = {name: statement.excluded[name] for name in defined if name != "source_id"}
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=["source_id"], set_=changed), values
        )

    def disable_sources_except(self, source_ids: Collection[str]) -> None:
        """Sources that the configuration no longer names rest; what they showed stays."""
        t = schema.sources
        gone = sa.and_(t.c.origin == "config", t.c.source_id.not_in(list(source_ids)))
        self.connection.execute(sa.update(t).where(gone, t.c.enabled).values(enabled=False))

    def put_watch(self, watch: Watch) -> None:
        """Add a watch, or change label and state of a known one. `since` stays as it was."""
        keep = ("since", "told_at")
        self._upsert(schema.watches, [rows.watch_row(watch)], "watch_id", keep=keep)

    def watch_states(self) -> dict[str, tuple[WatchState, str]]:
        """Watch id -> state and origin, removed ones too."""
        t = schema.watches
        query = sa.select(t.c.watch_id, t.c.state, t.c.origin)
        return {row[0]: (WatchState(row[1]), row[2]) for row in self.connection.execute(query)}

    def set_watch_state(self, watch_id: str, state: WatchState) -> bool:
        t = schema.watches
        update = sa.update(t).where(t.c.watch_id == watch_id).values(state=state.value)
        return self.connection.execute(update).rowcount == 1

    def forget_baselines(self, watch_id: str, since: datetime) -> None:
        """A watch that begins anew reads everything there is as its baseline."""
        t = schema.baselines
        self.connection.execute(sa.delete(t).where(t.c.watch_id == watch_id))
        w = schema.watches
        begin = sa.update(w).where(w.c.watch_id == watch_id).values(since=since, told_at=None)
        self.connection.execute(begin)
