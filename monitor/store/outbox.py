"""The outbox: alerts that wait, and the deliveries that carry them. One half of a unit."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.errors import LeaseLost
from monitor.model.alert import Alert, Delivery, DeliveryState
from monitor.store import rows, schema
from monitor.store.writing import Writing


class Outbox(Writing):
    """What the dispatcher asks of a transaction; the poller's half is `unit.SqlUnit`."""

    def add_alerts(self, alerts: Sequence[Alert]) -> None:
        self._add_new(schema.alerts, [rows.alert_row(alert) for alert in alerts])

    def unrouted_alerts(self, limit: int) -> Sequence[Alert]:
        t = schema.alerts
        query = sa.select(t).where(t.c.routed_at.is_(None)).order_by(t.c.created_at).limit(limit)
        return [rows.to_alert(row) for row in self.connection.execute(query)]

    def add_deliveries(self, alert: Alert, recipients: Mapping[str, str], now: datetime) -> None:
        planned = [
            {
                "delivery_id": f"{alert.alert_id}.{index_safe(recipient)}",
                "alert_id": alert.alert_id,
                "recipient": recipient,
                "route": route,
                "state": DeliveryState.PENDING.value,
                "attempts": 0,
                "next_attempt_at": now,
                "last_error": "",
                "lease": "",
                "lease_until": None,
                "created_at": now,
                "sent_at": None,
            }
            for recipient, route in recipients.items()
        ]
        self._add_new(schema.deliveries, planned)
        t = schema.alerts
        routed = sa.update(t).where(t.c.alert_id == alert.alert_id).values(routed_at=now)
        self.connection.execute(routed)

    def due_recipients(self, now: datetime) -> Sequence[str]:
        t = schema.deliveries
        query = sa.select(t.c.recipient).distinct().where(self._is_due(now)).order_by(t.c.recipient)
        return list(self.connection.execute(query).scalars())

    def claim_delivery(
        self, recipient: str, now: datetime, lease_seconds: float
    ) -> Delivery | None:
        t, a = schema.deliveries, schema.alerts
        query = (
            sa.select(*(column for column in t.c if column.name not in a.c), *a.c)
            .join_from(t, a, a.c.alert_id == t.c.alert_id)
            .where(t.c.recipient == recipient, self._is_due(now))
            .order_by(t.c.next_attempt_at, a.c.created_at, t.c.delivery_id)
            .limit(1)
            .with_for_update(skip_locked=True, of=t)
        )
        row = self.connection.execute(query).first()
        if row is None:
            return None
        lease = secrets.token_hex(8)
        take = sa.update(t).where(t.c.delivery_id == row.delivery_id)
        until = now + timedelta(seconds=lease_seconds)
        self.connection.execute(take.values(lease=lease, lease_until=until))
        return rows.to_delivery(row, lease)

    def _is_due(self, now: datetime) -> sa.ColumnElement[bool]:
        t = schema.deliveries
        return sa.and_(
            t.c.state == DeliveryState.PENDING.value,
            t.c.next_attempt_at <= now,
            sa.or_(t.c.lease == "", t.c.lease_until < now),
        )

    def settle(self, delivery: Delivery, now: datetime) -> None:
        t = schema.deliveries
        is_sent = delivery.state is DeliveryState.SENT
        update = sa.update(t).where(
            t.c.delivery_id == delivery.delivery_id, t.c.lease == delivery.lease
        )
        done = self.connection.execute(
            update.values(
                state=delivery.state.value,
                attempts=delivery.attempts,
                next_attempt_at=delivery.next_attempt_at,
                last_error="" if is_sent else delivery.last_error,
                lease="",
                lease_until=None,
                sent_at=now if is_sent else None,
            )
        )
        if done.rowcount != 1:
            raise LeaseLost(f"delivery {delivery.delivery_id}: another worker took it over")
        attempt = {
            "delivery_id": delivery.delivery_id,
            "at": now,
            "result": "accepted" if is_sent else delivery.state.value,
            "detail": delivery.last_error,
        }
        self._add(schema.attempts, [attempt])

    def retry_delivery(self, delivery_id: str, now: datetime) -> bool:
        """Give a delivery that is not sent a new set of attempts, at once."""
        t = schema.deliveries
        update = (
            sa.update(t)
            .where(t.c.delivery_id == delivery_id, t.c.state != DeliveryState.SENT.value)
            .values(state=DeliveryState.PENDING.value, attempts=0, next_attempt_at=now, lease="")
        )
        return self.connection.execute(update).rowcount == 1


def index_safe(recipient: str) -> str:
    """A recipient's name as part of an id."""
    return "".join(letter if letter.isalnum() else "-" for letter in recipient.lower())
