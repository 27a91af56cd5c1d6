"""CourtListener's quota, what waits for it, and the gaps looked into. One part of a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.model.change import Change, GapClosed
from monitor.model.coverage import OpenGap
from monitor.model.outcome import PollOutcome
from monitor.model.quota import FREE_ACCOUNT, Limit, LookUp, Priority, Quota
from monitor.store import rows, schema
from monitor.store.watches import covers
from monitor.store.writer import Writer, is_own

_DAY = timedelta(days=1)
_KEPT = timedelta(days=31)
_MINUTE, _LONGEST_BLOCK = timedelta(minutes=1), timedelta(hours=26)
_NAME = "courtlistener"
#: How many entries found in a gap are named.
_MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class QuotaTable:
    """See `ports.Quotas`."""

    writer: Writer

    # --- calls ---

    def lock(self) -> None:
        """Two workers must not both take the last call; SQLite has one writer anyway."""
        self.writer.add_new(schema.quota, [{"name": _NAME, "blocked_until": None}])
        t = schema.quota
        self.writer.connection.execute(sa.select(t).where(t.c.name == _NAME).with_for_update())

    def spent(self, now: datetime) -> Quota:
        t, q = schema.api_calls, schema.quota
        # What is written under a wrong clock must not hold us up for years.
        calls = sa.select(t.c.at).where(t.c.at > now - _DAY, t.c.at <= now + _MINUTE)
        calls = calls.order_by(t.c.at)
        blocked = sa.select(q.c.blocked_until).where(q.c.name == _NAME)
        return Quota(
            calls=tuple(self.writer.connection.execute(calls).scalars()),
            by_priority=self.calls_by_priority(now - _DAY),
            limits=tuple(self.limits()) or FREE_ACCOUNT,
            blocked_until=_believed(self.writer.connection.scalar(blocked), now),
        )

    def record(self, source_id: str, priority: Priority, now: datetime) -> None:
        call = {"at": now, "source_id": source_id, "priority": int(priority)}
        self.writer.add(schema.api_calls, [call])

    def limits(self) -> list[Limit]:
        t = schema.quota_limits
        query = sa.select(t).order_by(t.c.window_seconds)
        return [rows.to_limit(row) for row in self.writer.connection.execute(query)]

    def calls_by_priority(self, since: datetime) -> dict[Priority, int]:
        t = schema.api_calls
        query = sa.select(t.c.priority, sa.func.count()).where(t.c.at > since)
        found = self.writer.connection.execute(query.group_by(t.c.priority))
        return {Priority(row[0]): row[1] for row in found}

    # --- look-ups ---

    def look_ups_of(self, source_id: str) -> Sequence[LookUp]:
        t, s = schema.look_ups, schema.sources
        subjects = sa.select(t.c.subject).where(t.c.source_id == source_id)
        # A source that rests answers nothing: it must not keep others waiting.
        is_read = sa.exists().where(s.c.source_id == t.c.source_id, s.c.enabled)
        query = sa.select(t).where(t.c.subject.in_(subjects), is_read).order_by(t.c.look_up_id)
        return [rows.to_look_up(row) for row in self.writer.connection.execute(query)]

    def look_ups(self) -> Sequence[LookUp]:
        """All that waits, the next first."""
        t = schema.look_ups
        query = sa.select(t).order_by(t.c.next_at, t.c.priority, t.c.look_up_id)
        return [rows.to_look_up(row) for row in self.writer.connection.execute(query)]

    # --- gaps ---

    def open_gaps(self, names: Collection[str]) -> Sequence[OpenGap]:
        if not names:
            return []
        t = schema.gaps
        query = sa.select(t).where(t.c.closed_at.is_(None)).order_by(t.c.from_at)
        gaps = [rows.to_gap(row) for row in self.writer.connection.execute(query)]
        return [self._with_found(gap) for gap in gaps if gap.name in names]

    def _with_found(self, gap: OpenGap) -> OpenGap:
        """With the entries of the court's watched dockets that were filed then, and found since."""
        e, d, w, s = schema.entries, schema.dockets, schema.watches, schema.sources
        is_watched = sa.exists().where(covers(w, d))
        query = (
            sa.select(e.c.entry_id)
            .join(d, d.c.docket_id == e.c.docket_id)
            .join(s, s.c.court_id == d.c.court_id)
            .where(
                s.c.source_id == gap.source_id,
                is_watched,
                e.c.first_seen_at >= gap.opened_at,
                e.c.merged_into == "",
                is_own(e.c.entry_id),
                e.c.date_filed >= gap.from_at.date() - _DAY,
                e.c.date_filed <= gap.until_at.date(),
            )
            .order_by(e.c.date_filed, e.c.entry_id)
            .limit(_MOST_FOUND)
        )
        found = tuple(self.writer.connection.execute(query).scalars())
        return OpenGap(gap.source_id, gap.from_at, gap.until_at, gap.reason, gap.opened_at, found)

    # --- saving a poll ---

    def save(self, outcome: PollOutcome) -> None:
        """What is asked, what is not any more, and what the server said of the quota."""
        found = outcome.consequences
        if found.settled_look_ups:
            t = schema.look_ups
            settled = t.c.look_up_id.in_(found.settled_look_ups)
            self.writer.connection.execute(sa.delete(t).where(settled))
        asked = [rows.look_up_row(one) for one in found.look_ups]
        self.writer.upsert(schema.look_ups, asked, "look_up_id")
        self._save_limits(outcome.limits)
        if outcome.blocked_until:
            row = {"name": _NAME, "blocked_until": outcome.blocked_until}
            self.writer.upsert(schema.quota, [row], "name")
        hastened = {one.source_id for one in found.look_ups}
        # What failed rests as long as it must, whatever waits for it.
        is_read = outcome.had_look_ups and not outcome.failed and not outcome.postponed
        self._hasten(hastened | ({outcome.source_id} if is_read else set()))
        self._save_gaps(found.changes, outcome.at)

    def _save_limits(self, limits: Sequence[Limit]) -> None:
        if not limits:
            return
        self.writer.connection.execute(sa.delete(schema.quota_limits))
        by_rate = {limit.rate: rows.limit_row(limit) for limit in limits}
        self.writer.add(schema.quota_limits, list(by_rate.values()))
        t = schema.api_calls
        said_at = max(limit.as_of for limit in limits if limit.as_of)
        self.writer.connection.execute(sa.delete(t).where(t.c.at < said_at - _KEPT))

    def _hasten(self, source_ids: Iterable[str]) -> None:
        """A source is due when something is asked of it, if that is before its turn."""
        s, t = schema.sources, schema.look_ups
        for source_id in sorted(source_ids):
            first = sa.select(sa.func.min(t.c.next_at)).where(t.c.source_id == source_id)
            at = self.writer.connection.execute(first).scalar()
            if at is not None:
                is_later = sa.and_(s.c.source_id == source_id, s.c.next_due_at > at)
                hasten = sa.update(s).where(is_later).values(next_due_at=at)
                self.writer.connection.execute(hasten)

    def _save_gaps(self, changes: Sequence[Change], now: datetime) -> None:
        self.writer.add_new(schema.gaps, rows.gap_rows(changes, now))
        t = schema.gaps
        for change in changes:
            if isinstance(change, GapClosed):
                gap = sa.and_(t.c.source_id == change.source_id, t.c.from_at == change.from_at)
                close = sa.update(t).where(gap).values(closed_at=now)
                self.writer.connection.execute(close)


def _believed(until: datetime | None, now: datetime) -> datetime | None:
    """A block that lies too far ahead was written under a wrong clock."""
    return until if until is None or until <= now + _LONGEST_BLOCK else None
