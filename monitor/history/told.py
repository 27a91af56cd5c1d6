"""What was told lately, whoever got it."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.history.record import Record
from monitor.model.alert import Alert
from monitor.model.codec import load_alert
from monitor.store import schema

#: What concerns one recipient, or the monitor itself, is for nobody else.
_OWN = ("briefing", "silenced", "delivery_given_up", "clock_set_back", "test")


def latest_alerts(record: Record, limit: int) -> list[Alert]:
    """The latest alerts about cases and sources, the earliest of them first."""
    t = schema.alerts
    query = sa.select(t.c.body).where(t.c.topic.not_in(_OWN))
    query = query.order_by(t.c.created_at.desc(), t.c.place.desc(), t.c.alert_id).limit(limit)
    return [load_alert(row.body) for row in record.rows(query)][::-1]


def last_told(record: Record) -> str:
    """Another word whenever something was told or changed since."""
    t = schema.alerts
    query = sa.select(sa.func.count().label("many"), sa.func.max(t.c.created_at).label("last"))
    row = record.rows(query).one()
    changed = record.rows(sa.select(sa.func.max(schema.changes.c.change_id))).scalar()
    return f"{row.many} {row.last} {changed}"
