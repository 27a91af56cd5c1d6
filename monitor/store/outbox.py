"""The outbox: alerts that wait, and the notifications that carry them. One part of a unit."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.errors import LeaseLost
from monitor.model.alert import Alert
from monitor.model.codec import load_alert
from monitor.model.delivery import (
    ESCALATED,
    Delivery,
    DeliveryState,
    Hold,
    Notification,
    Refusal,
    RoutedAlert,
    Standing,
)
from monitor.model.quota import Purpose
from monitor.model.source import CLOCKS_DIFFER
from monitor.model.subjects import SubjectKind, subjects_of
from monitor.model.watch import WatchState
from monitor.store import rows, schema
from monitor.store.watches import watches_of
from monitor.store.writer import Writer, chunks, is_free


def _rests(alert: sa.FromClause) -> sa.ColumnElement[bool]:
    """Whether an alert is about dockets that its case watches, but by no active watch.

    Such an alert waits until the watch is resumed.
    """
    w = schema.watches
    # What is said of a source names the dockets of several cases.
    is_of_case = sa.or_(w.c.case_id == alert.c.case_id, alert.c.case_id == "")
    of_case = watches_of(alert).where(is_of_case)
    is_active = w.c.state == WatchState.ACTIVE.value
    return sa.and_(of_case.exists(), ~of_case.where(is_active).exists())


@dataclass(frozen=True, slots=True)
class OutboxTable:
    """See `ports.Outbox`."""

    writer: Writer

    # --- alerts ---

    def add(self, alerts: Sequence[Alert]) -> None:
        values = [rows.alert_row(alert, place) for place, alert in enumerate(alerts)]
        self.writer.add_new(schema.alerts, values)
        about = [
            {"alert_id": alert.alert_id, "kind": one.kind.value, "subject_id": one.subject_id}
            for alert in alerts
            for one in subjects_of(alert)
        ]
        self.writer.add_new(schema.alert_subjects, about)

    def alerts(self, alert_ids: Collection[str]) -> Sequence[Alert]:
        """These alerts, the earliest first."""
        t, found = schema.alerts, []
        for some in chunks(alert_ids):
            query = sa.select(t).where(t.c.alert_id.in_(some))
            found += list(self.writer.connection.execute(query))
        found.sort(key=lambda row: (row.created_at, row.place, row.alert_id))
        return [load_alert(row.body) for row in found]

    def add_routed(self, alerts: Sequence[Alert], now: datetime) -> None:
        self.add(alerts)
        self.mark_routed([alert.alert_id for alert in alerts], {}, now)

    def first_alerts(self, entry_ids: Collection[str]) -> Mapping[tuple[str, str], str]:
        a, s = schema.alerts, schema.alert_subjects
        found: dict[tuple[str, str], str] = {}
        for some in chunks(set(entry_ids)):
            query = (
                sa.select(a.c.case_id, s.c.subject_id, a.c.alert_id)
                .join_from(s, a, a.c.alert_id == s.c.alert_id)
                .where(s.c.kind == SubjectKind.ENTRY.value, s.c.subject_id.in_(some))
                .where(a.c.topic.in_(("filed", "now_watching", "caught_up")))
                .order_by(a.c.created_at, a.c.alert_id)
            )
            for case_id, entry_id, alert_id in self.writer.connection.execute(query):
                found.setdefault((case_id, entry_id), alert_id)
        return found

    def unrouted(self, limit: int) -> Sequence[Alert]:
        t = schema.alerts
        waiting = sa.and_(t.c.routed_at.is_(None), ~_rests(t))
        oldest = sa.select(t.c.created_at).where(waiting).order_by(t.c.created_at)
        # What one poll found has one time: a flood must be seen whole to be told as one.
        moments = self.writer.connection.execute(oldest.limit(limit)).scalars().all()
        if not moments:
            return []
        query = sa.select(t).where(waiting, t.c.created_at <= moments[-1])
        found = self.writer.connection.execute(query.order_by(t.c.created_at, t.c.place))
        return [load_alert(row.body) for row in found]

    def mark_routed(
        self, alert_ids: Collection[str], refusals: Mapping[str, Sequence[Refusal]], now: datetime
    ) -> None:
        t = schema.alerts
        for some in chunks(alert_ids):
            routed = sa.update(t).where(t.c.alert_id.in_(some)).values(routed_at=now)
            self.writer.connection.execute(routed)
        reasons = [
            {"alert_id": alert_id, "rule": refusal.rule, "reason": refusal.reason}
            for alert_id, some_refusals in refusals.items()
            for refusal in some_refusals
        ]
        self.writer.add_new(schema.alert_refusals, reasons)

    # --- notifications ---

    def held(self, recipients: Collection[str], now: datetime) -> Sequence[Notification]:
        t = schema.deliveries
        query = (
            sa.select(t)
            .where(t.c.recipient.in_(list(recipients)), t.c.hold != Hold.NONE.value)
            .where(t.c.state == DeliveryState.PENDING.value, t.c.send_after > now)
            # A lease that ran out is one of somebody who may have sent it.
            .where(t.c.attempts == 0, t.c.lease == "", t.c.sent_at.is_(None))
            .order_by(t.c.created_at, t.c.delivery_id)
        )
        found = self.writer.connection.execute(query.with_for_update(skip_locked=True)).all()
        carried = self._carried([row.delivery_id for row in found])
        return [rows.to_notification(row, carried.get(row.delivery_id, ())) for row in found]

    def carriers(self, alert_ids: Collection[str]) -> Mapping[tuple[str, str], str]:
        t = schema.delivery_alerts
        found: dict[tuple[str, str], str] = {}
        for some in chunks(set(alert_ids)):
            query = sa.select(t.c.recipient, t.c.alert_id, t.c.delivery_id)
            for row in self.writer.connection.execute(query.where(t.c.alert_id.in_(some))):
                found[row.recipient, row.alert_id] = row.delivery_id
        return found

    def plan(self, notifications: Sequence[Notification], now: datetime) -> None:
        kept = [one for one in notifications if one.alerts]
        planned = [rows.delivery_row(notification) for notification in kept]
        changed = (
            *("send_after", "hold", "next_attempt_at", "is_urgent"),
            *("escalate_within", "escalate_to", "escalate_at"),
        )
        self.writer.upsert(schema.deliveries, planned, "delivery_id", only=changed)
        for notification in kept:
            self._move(notification)
        carried = [row for one in kept for row in rows.delivery_alert_rows(one)]
        self.writer.add_new(schema.delivery_alerts, carried)
        self._take_back([one.delivery_id for one in notifications if not one.alerts])

    def _move(self, notification: Notification) -> None:
        """Take what came from another notification, which waits and was never tried."""
        t = schema.delivery_alerts
        for place, one in enumerate(notification.alerts):
            if one.is_moved:
                ours = sa.and_(
                    t.c.recipient == notification.recipient, t.c.alert_id == one.alert.alert_id
                )
                to = {"delivery_id": notification.delivery_id, "place": place}
                self.writer.connection.execute(sa.update(t).where(ours).values(**to))

    def _take_back(self, delivery_ids: Collection[str]) -> None:
        """Forget notifications that hold nothing any more."""
        t = schema.deliveries
        for some in chunks(delivery_ids):
            self.writer.connection.execute(sa.delete(t).where(t.c.delivery_id.in_(some)))

    def texts_asked(self, entry_ids: Collection[str]) -> frozenset[str]:
        """Those of these entries whose text was asked for already, and did not come."""
        t = schema.look_ups
        found: set[str] = set()
        for some in chunks(set(entry_ids)):
            asked = sa.and_(t.c.purpose == Purpose.TEXT.value, t.c.attempts > 0)
            query = sa.select(t.c.subject).where(asked, t.c.subject.in_(some))
            found |= set(self.writer.connection.execute(query).scalars())
        return frozenset(found)

    def release(self, entry_ids: Collection[str], now: datetime) -> None:
        """Nobody waits any longer for the text of these entries."""
        d, c, s = schema.deliveries, schema.delivery_alerts, schema.alert_subjects
        for some in chunks(set(entry_ids)):
            about = (
                sa.select(c.c.delivery_id)
                .join_from(c, s, s.c.alert_id == c.c.alert_id)
                .where(s.c.kind == SubjectKind.ENTRY.value, s.c.subject_id.in_(some))
            )
            waits = sa.and_(d.c.hold == Hold.TEXT.value, d.c.send_after > now)
            free = sa.update(d).where(waits, d.c.attempts == 0, d.c.delivery_id.in_(about))
            values = {"send_after": now, "next_attempt_at": now, "hold": Hold.NONE.value}
            self.writer.connection.execute(free.values(values))

    def _carried(self, delivery_ids: Collection[str]) -> Mapping[str, list[RoutedAlert]]:
        c, a = schema.delivery_alerts, schema.alerts
        found: dict[str, list[RoutedAlert]] = {}
        for some in chunks(delivery_ids):
            query = (
                sa.select(c.c.delivery_id, c.c.rule, a.c.body)
                .join_from(c, a, a.c.alert_id == c.c.alert_id)
                .where(c.c.delivery_id.in_(some))
                .order_by(c.c.delivery_id, c.c.place)
            )
            for row in self.writer.connection.execute(query):
                routed = RoutedAlert(load_alert(row.body), row.rule)
                found.setdefault(row.delivery_id, []).append(routed)
        return found

    def notification(self, delivery_id: str) -> Notification | None:
        """One notification, with all that it carries."""
        return self.notifications([delivery_id]).get(delivery_id)

    def notifications(self, delivery_ids: Collection[str]) -> Mapping[str, Notification]:
        """Those of these notifications that there are, with all that they carry."""
        t, carried = schema.deliveries, self._carried(delivery_ids)
        found: dict[str, Notification] = {}
        for some in chunks(delivery_ids):
            for row in self.writer.connection.execute(
                sa.select(t).where(t.c.delivery_id.in_(some))
            ):
                alerts = carried.get(row.delivery_id, ())
                found[row.delivery_id] = rows.to_notification(row, alerts)
        return found

    # --- deliveries ---

    def unacknowledged(self, now: datetime) -> Sequence[tuple[Notification, int]]:
        """Those that should have been acknowledged by now, and how often they went on already."""
        t = schema.deliveries
        late = sa.and_(t.c.escalate_at <= now, t.c.acknowledged_at.is_(None))
        query = sa.select(t).where(late).order_by(t.c.escalate_at, t.c.delivery_id)
        found = self.writer.connection.execute(query.with_for_update(skip_locked=True)).all()
        carried = self._carried([row.delivery_id for row in found])
        return [
            (rows.to_notification(row, carried.get(row.delivery_id, ())), row.escalated)
            for row in found
        ]

    def escalated(self, delivery_id: str, times: int, next_at: datetime | None) -> None:
        """It went on to somebody else, and goes on again at `next_at`."""
        t = schema.deliveries
        went = sa.update(t).where(t.c.delivery_id == delivery_id)
        self.writer.connection.execute(went.values(escalated=times, escalate_at=next_at))

    def acknowledge(self, delivery_id: str, by: str, now: datetime) -> bool:
        """Somebody took it up: it goes to nobody else. False where it was taken up before, or
        where there is none that asks for it."""
        t = schema.deliveries
        root = delivery_id.partition(ESCALATED)[0]
        asks = sa.and_(t.c.delivery_id == root, t.c.escalate_within.is_not(None))
        take = sa.update(t).where(asks, t.c.acknowledged_at.is_(None))
        values = {"acknowledged_at": now, "acknowledged_by": by, "escalate_at": None}
        return self.writer.connection.execute(take.values(**values)).rowcount == 1

    def acknowledged(self, delivery_id: str) -> tuple[datetime, str] | None:
        """When and by whom it was taken up; None where nobody did."""
        t = schema.deliveries
        root = delivery_id.partition(ESCALATED)[0]
        query = sa.select(t.c.acknowledged_at, t.c.acknowledged_by).where(t.c.delivery_id == root)
        row = self.writer.connection.execute(query).first()
        return None if row is None or row[0] is None else (row[0], row[1])

    def due_recipients(self, now: datetime) -> Sequence[str]:
        t = schema.deliveries
        query = sa.select(t.c.recipient).distinct().where(self._is_due(now)).order_by(t.c.recipient)
        return list(self.writer.connection.execute(query).scalars())

    def claim(self, recipient: str, now: datetime, lease_seconds: float) -> Delivery | None:
        t = schema.deliveries
        query = (
            sa.select(t)
            .where(t.c.recipient == recipient, self._is_due(now))
            .order_by(t.c.next_attempt_at, t.c.created_at, t.c.delivery_id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self.writer.connection.execute(query).first()
        if row is None:
            return None
        lease, until = secrets.token_hex(8), now + timedelta(seconds=lease_seconds)
        take = sa.update(t).where(t.c.delivery_id == row.delivery_id)
        self.writer.connection.execute(take.values(lease=lease, lease_until=until))
        carried = self._carried([row.delivery_id]).get(row.delivery_id, ())
        return replace(rows.to_delivery(row, carried), lease=lease)

    def note_standing(self, delivery_id: str, standing: Sequence[Standing]) -> None:
        """What was in force when it was first tried: every attempt says the same."""
        t = schema.deliveries
        values = [{**asdict(one), "at": one.at.isoformat()} for one in standing]
        ours = sa.update(t).where(t.c.delivery_id == delivery_id)
        self.writer.connection.execute(ours.values(standing=values))

    def rest_until(self, recipient: str, until: datetime) -> None:
        """Nothing that waits for one recipient is tried before this."""
        t = schema.deliveries
        waits = sa.and_(t.c.recipient == recipient, t.c.state == DeliveryState.PENDING.value)
        soon = sa.update(t).where(waits, t.c.next_attempt_at < until)
        self.writer.connection.execute(soon.values(next_attempt_at=until))

    def wake(self, recipient: str, now: datetime) -> None:
        """What waits for one recipient only because he rested is tried now."""
        t = schema.deliveries
        waits = sa.and_(t.c.recipient == recipient, t.c.state == DeliveryState.PENDING.value)
        rested = sa.update(t).where(waits, t.c.next_attempt_at > now, t.c.send_after <= now)
        self.writer.connection.execute(rested.values(next_attempt_at=now))

    def put_off(self, recipient: str, now: datetime, until: datetime) -> None:
        """What is due for one recipient and is not urgent is sent at `until`."""
        t = schema.deliveries
        waits = sa.and_(t.c.recipient == recipient, ~t.c.is_urgent, self._is_due(now))
        self.writer.connection.execute(sa.update(t).where(waits).values(next_attempt_at=until))

    def _is_due(self, now: datetime) -> sa.ColumnElement[bool]:
        t = schema.deliveries
        # What was planned "later than now" was planned under a wrong clock, and need not wait.
        is_ahead = t.c.created_at > now + CLOCKS_DIFFER
        c = schema.channels
        is_off = sa.exists().where(
            c.c.recipient == t.c.recipient,
            c.c.off_since.is_not(None),
            c.c.last_word != t.c.delivery_id,
        )
        return sa.and_(
            t.c.state == DeliveryState.PENDING.value,
            sa.or_(t.c.next_attempt_at <= now, is_ahead),
            is_free(t, now),
            ~is_off,
        )

    def settle(self, delivery: Delivery, now: datetime) -> None:
        t = schema.deliveries
        is_sent = delivery.state is DeliveryState.SENT
        update = sa.update(t).where(
            t.c.delivery_id == delivery.delivery_id, t.c.lease == delivery.lease
        )
        done = self.writer.connection.execute(
            update.values(
                state=delivery.state.value,
                attempts=delivery.attempts,
                next_attempt_at=delivery.next_attempt_at,
                last_error="" if is_sent else delivery.last_error,
                lease="",
                lease_until=None,
                # What arrived once and is sent again has arrived, whatever comes of it.
                sent_at=now if is_sent else t.c.sent_at,
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
        self.writer.add(schema.attempts, [attempt])

    def retry(self, delivery_id: str, now: datetime) -> bool:
        """Give a delivery that is not sent a new set of attempts, at once; False where it is sent,
        or on its way at this moment."""
        t = schema.deliveries
        update = (
            sa.update(t)
            .where(t.c.delivery_id == delivery_id, t.c.state != DeliveryState.SENT.value)
            # What is being sent at this moment must not be sent a second time.
            .where(is_free(t, now))
            .values(state=DeliveryState.PENDING.value, attempts=0, next_attempt_at=now, lease="")
        )
        return self.writer.connection.execute(update).rowcount == 1

    def resend(self, delivery_id: str, now: datetime) -> bool:
        """Send a delivery once more that was accepted before; False where it was not.

        It keeps its id and its words: whoever has it already can see that it is the same.
        """
        t = schema.deliveries
        update = (
            sa.update(t)
            .where(t.c.delivery_id == delivery_id, t.c.state == DeliveryState.SENT.value)
            .values(state=DeliveryState.PENDING.value, attempts=0, next_attempt_at=now)
        )
        return self.writer.connection.execute(update).rowcount == 1

    def overdue(self, since: datetime, recipients: Collection[str]) -> str:
        """A delivery that was due before `since` and that nobody tried since; empty for none."""
        t, a, other = schema.deliveries, schema.attempts, schema.deliveries.alias()
        # A dead channel keeps deliveries waiting too, but is tried all the while.
        tried = sa.exists().where(
            a.c.delivery_id == other.c.delivery_id,
            other.c.recipient == t.c.recipient,
            a.c.at >= since,
        )
        late = sa.select(t.c.delivery_id).where(
            self._is_due(since), t.c.recipient.in_(list(recipients)), ~tried
        )
        return self.writer.connection.scalar(late.limit(1)) or ""
