"""What of CourtListener's quota is spent, what is planned, and what waits for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.decide.quota import usable, used
from monitor.history.answers import LimitLine, QuotaReport
from monitor.history.record import Record
from monitor.model.quota import LookUp, Priority
from monitor.store import rows, schema

_DAY = timedelta(days=1)


def report(record: Record, now: datetime) -> QuotaReport:
    """Today's spending, and tomorrow's plan as far as it can be known."""
    quota = record.unit.quota.spent(now)
    waiting = record.unit.quota.look_ups()
    planned = _planned(record, waiting, now)
    return QuotaReport(
        limits=tuple(
            LimitLine(
                rate=limit.rate,
                limit=limit.limit,
                used=used(quota, limit, now),
                for_fresh_texts=usable(limit, Priority.TEXT),
                as_of=limit.as_of,
            )
            for limit in quota.limits
        ),
        blocked_until=quota.blocked_until,
        spent={p.name.lower(): quota.by_priority.get(p, 0) for p in Priority},
        planned={p.name.lower(): planned[p] for p in Priority},
        waiting=tuple(waiting),
    )


def _planned(record: Record, waiting: Sequence[LookUp], now: datetime) -> Counter[Priority]:
    t = schema.sources
    plan: Counter[Priority] = Counter()
    for source in map(rows.to_source, record.rows(sa.select(t).where(t.c.enabled))):
        if source.traits.priority is not None:
            plan[source.traits.priority] += max(1, round(_DAY / source.every))
    for look_up in waiting:
        plan[look_up.priority] += look_up.next_at < now + _DAY
    return plan
