"""What may be forgotten for good, because it neither happened on a docket nor was told to anybody.

Changes, entries, sightings, alerts and deliveries are never among it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from monitor.model.delivery import DeliveryState
from monitor.store import schema
from monitor.store.bodies import BodyTable
from monitor.store.pushes import DONE
from monitor.store.writer import Writer

#: So many go in one transaction: no poll waits for long.
_AT_ONCE = 500


class Prunable(StrEnum):
    BODIES = "raw bodies"
    PUSHES = "pushes that were read"
    API_CALLS = "calls counted against the quota"
    ATTEMPTS = "attempts of deliveries that were sent"


@dataclass(frozen=True, slots=True)
class Retention:
    """Counts what is older, and forgets it."""

    writer: Writer

    def counts(self, before: datetime) -> Mapping[Prunable, int]:
        """How many of each are older."""
        counted = {}
        for what in Prunable:
            old = self._old(what, before).subquery()
            query = sa.select(sa.func.count()).select_from(old)
            counted[what] = int(self.writer.connection.scalar(query) or 0)
        return counted

    def forget(self, what: Prunable, before: datetime) -> int:
        """Forget some of them; return how many, 0 where none is left."""
        old = self._old(what, before).limit(_AT_ONCE).subquery()
        (key,) = _TABLES[what].primary_key.columns
        gone = sa.delete(_TABLES[what]).where(key.in_(sa.select(*old.c)))
        return self.writer.connection.execute(gone).rowcount

    def _old(self, what: Prunable, before: datetime) -> sa.Select[tuple[str]]:
        p, c, a = schema.pushes, schema.api_calls, schema.attempts
        match what:
            case Prunable.BODIES:
                return BodyTable(self.writer).older_than(before)
            case Prunable.PUSHES:
                done = p.c.state.in_([one.value for one in DONE])
                return sa.select(p.c.push_id).where(p.c.received_at < before, done)
            case Prunable.API_CALLS:
                return sa.select(c.c.call_id).where(c.c.at < before)
            case Prunable.ATTEMPTS:
                d = schema.deliveries
                sent = sa.select(d.c.delivery_id).where(d.c.state == DeliveryState.SENT.value)
                return sa.select(a.c.attempt_id).where(a.c.at < before, a.c.delivery_id.in_(sent))


_TABLES = {
    Prunable.BODIES: schema.bodies,
    Prunable.PUSHES: schema.pushes,
    Prunable.API_CALLS: schema.api_calls,
    Prunable.ATTEMPTS: schema.attempts,
}
