"""CourtListener's quota and what waits for it: calls, limits, wants. One third of a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.decide.quota import FREE_ACCOUNT, may_ask_at
from monitor.model.coverage import OpenGap
from monitor.model.outcome import PollOutcome
from monitor.model.quota import Allowance, Priority, Spending, Want
from monitor.model.source import SourceKind
from monitor.store import rows, schema
from monitor.store.writing import Writing

_DAY = timedelta(days=1)
_KEPT = timedelta(days=31)
_MINUTE, _LONGEST_BLOCK = timedelta(minutes=1), timedelta(hours=26)
_QUOTA = "courtlistener"
#: How many entries found in a gap are named.
_MOST_FOUND = 50


def _within(until: datetime | None, now: datetime) -> datetime | None:
    return until if until is None or until <= now + _LONGEST_BLOCK else None


class Ledger(Writing):
    """What the poller asks of a transaction about the quota; see `ports.Unit`."""

    def spending(self, now: datetime) -> Spending:
        """The calls of the last day, the limits, and until when the server wants us to rest."""
        t, q = schema.api_calls, schema.quota
        # What is written under a wrong clock must not hold us up for years.
        calls = sa.select(t.c.at).where(t.c.at > now - _DAY, t.c.at <= now + _MINUTE)
        calls = calls.order_by(t.c.at)
        blocked = sa.select(q.c.blocked_until).where(q.c.name == _QUOTA)
        return Spending(
            calls=tuple(self.connection.execute(calls).scalars()),
            by_priority=self.calls_by_priority(now - _DAY),
            allowances=tuple(self.allowances()) or FREE_ACCOUNT,
            blocked_until=_within(self.connection.execute(blocked).scalar(), now),
        )

    def allowances(self) -> list[Allowance]:
        t = schema.allowances
        query = sa.select(t).order_by(t.c.window_seconds)
        return [
            Allowance(row.rate, row.limit, row.window_seconds, row.used, row.as_of)
            for row in self.connection.execute(query)
        ]

    def take_call(self, source_id: str, priority: Priority, now: datetime) -> datetime | None:
        self._lock_quota()
        at = may_ask_at(self.spending(now), priority, now)
        if at > now:
            return at
        call = {"at": now, "source_id": source_id, "priority": int(priority)}
        self._add(schema.api_calls, [call])
        return None

    def _lock_quota(self) -> None:
        """Two workers must not both take the last call; SQLite has one writer anyway."""
        self._add_new(schema.quota, [{"name": _QUOTA, "blocked_until": None}])
        t = schema.quota
        self.connection.execute(sa.select(t).where(t.c.name == _QUOTA).with_for_update())

    def wants_of(self, source_id: str) -> Sequence[Want]:
        t, s = schema.wants, schema.sources
        subjects = sa.select(t.c.subject).where(t.c.source_id == source_id)
        # A source that rests answers nothing: it must not keep others waiting.
        is_read = sa.exists().where(s.c.source_id == t.c.source_id, s.c.enabled)
        query = sa.select(t).where(t.c.subject.in_(subjects), is_read).order_by(t.c.want_id)
        return [rows.to_want(row) for row in self.connection.execute(query)]

    def wants(self) -> Sequence[Want]:
        """All that waits, the most urgent first."""
        t = schema.wants
        query = sa.select(t).order_by(t.c.next_at, t.c.priority, t.c.want_id)
        return [rows.to_want(row) for row in self.connection.execute(query)]

    def calls_by_priority(self, since: datetime) -> dict[Priority, int]:
        t = schema.api_calls
        query = sa.select(t.c.priority, sa.func.count()).where(t.c.at > since)
        found = self.connection.execute(query.group_by(t.c.priority))
        return {Priority(row[0]): row[1] for row in found}

    def open_gaps(self, names: Collection[str]) -> Sequence[OpenGap]:
        if not names:
            return []
        t = schema.gaps
        query = sa.select(t).where(t.c.closed_at.is_(None)).order_by(t.c.from_at)
        gaps = [rows.to_gap(row) for row in self.connection.execute(query)]
        return [self._with_found(gap) for gap in gaps if gap.name in names]

    def _with_found(self, gap: OpenGap) -> OpenGap:
        """With the entries of the court's watched dockets that were filed then, and found since."""
        e, d, w, s = schema.entries, schema.dockets, schema.watches, schema.sources
        is_watched = sa.exists().where(
            w.c.court_id == d.c.court_id, w.c.docket_number == d.c.docket_number
        )
        query = (
            sa.select(e.c.entry_id)
            .join(d, d.c.docket_id == e.c.docket_id)
            .join(s, s.c.court_id == d.c.court_id)
            .where(
                s.c.source_id == gap.source_id,
                is_watched,
                e.c.first_seen_at >= gap.opened_at,
                e.c.merged_into == "",
                e.c.date_filed >= gap.from_at.date() - _DAY,
                e.c.date_filed <= gap.until_at.date(),
            )
            .order_by(e.c.date_filed, e.c.entry_id)
            .limit(_MOST_FOUND)
        )
        found = tuple(self.connection.execute(query).scalars())
        return OpenGap(gap.source_id, gap.from_at, gap.until_at, gap.reason, gap.opened_at, found)

    def _save_budget(self, outcome: PollOutcome) -> None:
        """What is wanted, what is not any more, and what the server said of the quota."""
        if outcome.settled_wants:
            t = schema.wants
            self.connection.execute(sa.delete(t).where(t.c.want_id.in_(outcome.settled_wants)))
        self._upsert(schema.wants, [rows.want_row(want) for want in outcome.wants], "want_id")
        if outcome.allowances:
            self.connection.execute(sa.delete(schema.allowances))
        limits = {allowance.rate: rows.allowance_row(allowance) for allowance in outcome.allowances}
        self._add(schema.allowances, list(limits.values()))
        if outcome.blocked_until:
            row = {"name": _QUOTA, "blocked_until": outcome.blocked_until}
            self._upsert(schema.quota, [row], "name")
        if outcome.allowances:
            t = schema.api_calls
            now = max(a.as_of for a in outcome.allowances if a.as_of)
            self.connection.execute(sa.delete(t).where(t.c.at < now - _KEPT))
        asked = {want.source_id for want in outcome.wants}
        # What failed rests as long as it must, whatever waits for it.
        is_read = outcome.waits and not outcome.failed and not outcome.postponed
        self._hasten(asked | ({outcome.source_id} if is_read else set()))

    def _hasten(self, source_ids: Iterable[str]) -> None:
        """A source is due when something is wanted of it, if that is before its turn."""
        s, w = schema.sources, schema.wants
        for source_id in sorted(source_ids):
            first = sa.select(sa.func.min(w.c.next_at)).where(w.c.source_id == source_id)
            at = self.connection.execute(first).scalar()
            if at is not None:
                is_later = sa.and_(s.c.source_id == source_id, s.c.next_due_at > at)
                self.connection.execute(sa.update(s).where(is_later).values(next_due_at=at))

    def priority_of(self, source_id: str, kind: SourceKind, now: datetime) -> Priority | None:
        """How urgent it is to read a source now; None where that spends no quota."""
        if kind.priority is None:
            return None
        t = schema.wants
        query = sa.select(sa.func.min(t.c.priority)).where(
            t.c.source_id == source_id, t.c.next_at <= now
        )
        found: Any = self.connection.execute(query).scalar()
        return kind.priority if found is None else min(kind.priority, Priority(found))
