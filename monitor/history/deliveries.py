"""What was sent to whom, what waits, and what was refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from monitor.errors import UsageError
from monitor.history.answers import (
    AttemptLine,
    CarriedAlert,
    DeliveryDetail,
    DeliveryLine,
    RecordedRefusal,
)
from monitor.history.record import Record
from monitor.model.subjects import SubjectKind
from monitor.render.mail import text_of
from monitor.render.words import message_of
from monitor.store import rows, schema
from monitor.store.writer import chunks


def latest(
    record: Record, *, state: str = "", recipient: str = "", limit: int | None = None
) -> tuple[DeliveryLine, ...]:
    """The latest deliveries."""
    t = schema.deliveries
    query = sa.select(t).order_by(t.c.created_at.desc(), t.c.delivery_id).limit(limit)
    if state:
        query = query.where(t.c.state == state)
    if recipient:
        query = query.where(t.c.recipient == recipient)
    return _lines(record, query)


def one(record: Record, delivery_id: str) -> DeliveryLine | None:
    t = schema.deliveries
    found = _lines(record, sa.select(t).where(t.c.delivery_id == delivery_id))
    return found[0] if found else None


def of_entry(record: Record, entry_id: str) -> tuple[DeliveryLine, ...]:
    """Every delivery that tells of this entry, the earliest first."""
    t, c, s = schema.deliveries, schema.delivery_alerts, schema.alert_subjects
    about = (
        sa.select(c.c.delivery_id)
        .join_from(c, s, s.c.alert_id == c.c.alert_id)
        .where(s.c.kind == SubjectKind.ENTRY.value, s.c.subject_id == entry_id)
    )
    query = sa.select(t).where(t.c.delivery_id.in_(about))
    return _lines(record, query.order_by(t.c.created_at, t.c.delivery_id))


def attempts(record: Record, delivery_id: str) -> tuple[AttemptLine, ...]:
    """When, with which result, and what was answered."""
    t = schema.attempts
    query = sa.select(t).where(t.c.delivery_id == delivery_id).order_by(t.c.attempt_id)
    return tuple(AttemptLine(row.at, row.result, row.detail) for row in record.rows(query))


def refusals_of_entry(record: Record, entry_id: str) -> tuple[RecordedRefusal, ...]:
    """Why each rule refused the alerts about this entry that led to nobody."""
    a, r, s = schema.alerts, schema.alert_refusals, schema.alert_subjects
    query = (
        sa.select(r.c.alert_id, a.c.topic, r.c.rule, r.c.reason)
        .join_from(r, a, a.c.alert_id == r.c.alert_id)
        .join(s, s.c.alert_id == r.c.alert_id)
        .where(s.c.kind == SubjectKind.ENTRY.value, s.c.subject_id == entry_id)
        .order_by(a.c.created_at, r.c.alert_id, r.c.rule)
    )
    return tuple(RecordedRefusal(*row) for row in record.rows(query))


def alerts_about(record: Record, entry_id: str) -> Mapping[str, str]:
    """Alert id -> topic, of every alert about an entry, the earliest first."""
    a, s = schema.alerts, schema.alert_subjects
    query = (
        sa.select(a.c.alert_id, a.c.topic)
        .join_from(s, a, a.c.alert_id == s.c.alert_id)
        .where(s.c.kind == SubjectKind.ENTRY.value, s.c.subject_id == entry_id)
        .order_by(a.c.created_at, a.c.alert_id)
    )
    return {row.alert_id: row.topic for row in record.rows(query)}


def detail(record: Record, delivery_id: str) -> DeliveryDetail:
    """A delivery with its words and every attempt; its body is known to who has the settings.

    Raises UsageError where there is none.
    """
    found, notification = one(record, delivery_id), record.unit.outbox.notification(delivery_id)
    if found is None or notification is None:
        message = f"there is no delivery {delivery_id!r}; `deliveries list` names them"
        raise UsageError(message)
    text = text_of(message_of(notification), notification.rules)
    return in_full(found, text, attempts(record, delivery_id), "")


def in_full(
    line: DeliveryLine, text: str, tries: tuple[AttemptLine, ...], body: str
) -> DeliveryDetail:
    """A delivery with its message and every attempt."""
    more = rows.fields_of(DeliveryDetail, line, text=text, tries=tries, body=body)
    return DeliveryDetail(**more)


def _lines(record: Record, query: sa.Select[Any]) -> tuple[DeliveryLine, ...]:
    found = record.rows(query).all()
    names = [row.delivery_id for row in found]
    carried, told = _carried(record, names), record.unit.outbox.notifications(names)
    return tuple(
        DeliveryLine(
            **rows.fields_of(
                DeliveryLine,
                row,
                subject=message_of(told[row.delivery_id]).subject,
                alerts=tuple(carried.get(row.delivery_id, ())),
            )
        )
        for row in found
    )


def _carried(record: Record, delivery_ids: Sequence[str]) -> Mapping[str, list[CarriedAlert]]:
    c, a = schema.delivery_alerts, schema.alerts
    columns = (a.c.alert_id, a.c.topic, a.c.case_id, a.c.docket_id, a.c.kind, c.c.rule)
    found: dict[str, list[CarriedAlert]] = {}
    for some in chunks(delivery_ids):
        query = (
            sa.select(c.c.delivery_id, *columns)
            .join_from(c, a, a.c.alert_id == c.c.alert_id)
            .where(c.c.delivery_id.in_(some))
            .order_by(c.c.delivery_id, c.c.place)
        )
        for row in record.rows(query):
            found.setdefault(row.delivery_id, []).append(
                CarriedAlert(**rows.fields_of(CarriedAlert, row))
            )
    return found
