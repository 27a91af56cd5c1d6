"""From the outbox to the recipients: route -> bundle -> render -> deliver -> remember.

Alerts wait in the outbox, committed with the polls that found them. Each is routed by itself; what
one recipient gets is put into notifications; each recipient has a lane of its own, so that one dead
channel delays no other. Words are made by the courier, at every attempt the same.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from monitor.decide.channels import REST, gets_nothing, given_up, silenced, why_rest
from monitor.decide.snapshots import alert_id
from monitor.errors import DeliveryPostponed, DeliveryRejected, LeaseLost, ReceiverGone
from monitor.model.alert import Alert, Amended, Silenced
from monitor.model.delivery import (
    ESCALATED,
    Delivery,
    DeliveryState,
    Escalation,
    Hold,
    Notification,
    RoutedAlert,
    Rule,
    Standing,
)
from monitor.model.silence import Silence
from monitor.model.subjects import entries_of
from monitor.normalize.text import plain
from monitor.ports import Clock, Courier, Outbox, OutboxStore, OutboxUnit, run_here
from monitor.render.message import counted
from monitor.route.bundle import Bundling, bundle, recipient_part
from monitor.route.rules import Routing, route_all
from monitor.route.silence import under_silences
from monitor.route.timing import quiet_until
from monitor.schedule import next_attempt

log = logging.getLogger(__name__)

_ROUTED_AT_ONCE = 100
#: Of what a receiver says.
_LONGEST_ANSWER = 500


def nothing_stands(_: Notification, _at: datetime) -> Sequence[Standing]:
    """Nobody looks up what is in force."""
    return ()


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Works the outbox. A delivery is marked sent only after its recipient accepted it.

    A crash in between repeats a notification, under the same `delivery_id`; it never loses one. A
    database that cannot be written in between repeats nothing while this process lives.
    `couriers` are by recipient, times in seconds.
    """

    store: OutboxStore
    couriers: Mapping[str, Courier]
    rules: Sequence[Rule]
    now: Clock
    chance: Callable[[], float]
    bundling: Bundling = Bundling()
    #: Recipients who are tried only now and then once nothing got through for days; for them
    #: nothing is given up because of too many attempts.
    may_rest: frozenset[str] = frozenset()
    #: What is in force in the cases that a notification is about.
    standing: Callable[[Notification, datetime], Sequence[Standing]] = nothing_stands
    #: Runs the blocking part; the daemon gives one thread, so that the store has one writer.
    run: Callable[..., Any] = run_here
    #: Runs what only reads, and may take its time.
    aside: Callable[..., Any] = run_here
    max_attempts: int = 80
    total_seconds: float = 90.0
    #: What was accepted while the database could not be written. Else it would be sent again
    #: whenever its lease runs out, as often as its claim can be stored and its result cannot.
    _unnoted: dict[str, Delivery] = field(default_factory=dict, init=False, repr=False)

    async def drain(self) -> int:
        """Route what is new, then work every lane until nothing is due; count what was sent."""
        sent = 0
        await self.run(self.route)
        await self.run(self.escalate)
        while recipients := await self.run(self.due_recipients):
            counts = await asyncio.gather(*(self.work(recipient) for recipient in recipients))
            sent += sum(counts)
            # A delivery that was given up is an alert of its own.
            if not await self.run(self.route) and not any(counts):
                return sent
        return sent

    def route(self) -> int:
        """Lead every new alert to its recipients and plan their notifications; count alerts."""
        routed = 0
        while True:
            with self.store.begin() as unit:
                count = self._route_some(unit, self.now())
            routed += count
            if count < _ROUTED_AT_ONCE:
                return routed

    def _route_some(self, unit: OutboxUnit, now: datetime) -> int:
        outbox = unit.outbox
        alerts = outbox.unrouted(_ROUTED_AT_ONCE)
        if not alerts:
            return 0
        amended = [alert.amends for alert in alerts if isinstance(alert, Amended) and alert.amends]
        carriers = outbox.carriers(amended) if amended else {}
        silences = unit.silences.on(now)
        routings = [
            under_silences(routing, silences, now)
            for routing in route_all(alerts, self.rules, _told_by(carriers))
        ]
        held = outbox.held(sorted(_recipients(routings)), now)
        planned = bundle(routings, held, carriers, self.bundling, now)
        planned = [with_silences(one, silences, now) for one in planned]
        outbox.add_routed(_silenced(planned), now)
        outbox.plan(planned, now)
        # CourtListener may have answered before the filing was routed.
        outbox.release(outbox.texts_asked(_awaited(planned)), now)
        refusals = {r.alert.alert_id: r.refusals for r in routings if r.refusals}
        outbox.mark_routed([alert.alert_id for alert in alerts], refusals, now)
        return len(alerts)

    def escalate(self) -> int:
        """What nobody acknowledged in time goes to the next; return how many did."""
        now = self.now()
        with self.store.begin() as unit:
            late = unit.outbox.unacknowledged(now)
            for notification, times in late:
                _escalate(unit.outbox, notification, times, now)
        return len(late)

    def due_recipients(self) -> Sequence[str]:
        """Recipients whom this configuration still knows and for whom something is due."""
        with self.store.begin() as unit:
            due = unit.outbox.due_recipients(self.now())
        return [name for name in due if name in self.couriers]

    async def work(self, recipient: str) -> int:
        """Attempt what is due for one recipient, oldest first; stop at the first postponement.

        A channel that is down is asked once per round, not once per waiting message.
        """
        sent = 0
        await self.run(self._keep_quiet, recipient)
        while (delivery := await self._next(recipient)) is not None:
            settled = self._accepted(delivery) or await self._attempt(delivery)
            await self.run(self._settle, settled)
            if settled.state is DeliveryState.PENDING:
                break
            sent += settled.state is DeliveryState.SENT
        return sent

    def _keep_quiet(self, recipient: str) -> None:
        """What is due in his quiet hours, as it failed or nobody was there, waits for their end."""
        until = quiet_until(self.bundling.hours_of(recipient), self.now())
        if until > self.now():
            with self.store.begin() as unit:
                unit.outbox.put_off(recipient, self.now(), until)

    async def _next(self, recipient: str) -> Delivery | None:
        """What is to be tried next, with what is in force now if it was never tried."""
        delivery: Delivery | None = await self.run(self._claim, recipient)
        if delivery is None or delivery.notification.standing is not None:
            return delivery
        standing = await self.aside(self._look_up, delivery.notification)
        await self.run(self._note_standing, delivery.delivery_id, standing)
        return replace(delivery, notification=replace(delivery.notification, standing=standing))

    def _claim(self, recipient: str) -> Delivery | None:
        with self.store.begin() as unit:
            return unit.outbox.claim(recipient, self.now(), 2 * self.total_seconds + 30)

    def _look_up(self, notification: Notification) -> tuple[Standing, ...]:
        try:
            return tuple(self.standing(notification, self.now()))
        except Exception:
            # An order is told, whatever is wrong with what stands beside it.
            log.exception("standing broke", extra={"delivery_id": notification.delivery_id})
            return ()

    def _note_standing(self, delivery_id: str, standing: Sequence[Standing]) -> None:
        with self.store.begin() as unit:
            unit.outbox.note_standing(delivery_id, standing)

    def _accepted(self, delivery: Delivery) -> Delivery | None:
        """That it was accepted before, where that could not be noted; it is not sent again."""
        known = self._unnoted.get(delivery.delivery_id)
        return known and replace(known, lease=delivery.lease)

    def _settle(self, delivery: Delivery) -> None:
        if delivery.state is DeliveryState.SENT:
            self._unnoted[delivery.delivery_id] = delivery
        try:
            with self.store.begin() as unit:
                unit.outbox.settle(delivery, self.now())
                if delivery.state is DeliveryState.DEAD:
                    unit.outbox.add([given_up(delivery, self.now())])
                self._note_channel(unit, delivery)
        except LeaseLost:
            log.warning("delivery lost its lease", extra={"delivery_id": delivery.delivery_id})
        self._unnoted.pop(delivery.delivery_id, None)

    def _note_channel(self, unit: OutboxUnit, delivery: Delivery) -> None:
        """Whom nothing reached for days rests; whoever is reached again gets what waited."""
        name, now = delivery.recipient, self.now()
        if delivery.state is DeliveryState.SENT:
            if unit.channels.worked(name):
                unit.outbox.wake(name, now)
            return
        # A refusal is of one message, and says that somebody is there.
        if delivery.state is DeliveryState.DEAD:
            return
        channel = unit.channels.failed(name, now)
        if name not in self.may_rest:
            return
        reason = why_rest(delivery, channel, now)
        if reason and unit.channels.rest(name, now, reason):
            unit.outbox.add([gets_nothing(name, "rests", reason, now)])
            log.error("rests", extra={"recipient": name, "reason": reason})
        if reason or channel.rests_since:
            unit.outbox.rest_until(name, now + REST)

    async def _attempt(self, delivery: Delivery) -> Delivery:
        tried = replace(delivery, attempts=delivery.attempts + 1)
        try:
            # A receiver that drips one byte a second defeats read timeouts.
            async with asyncio.timeout(self.total_seconds):
                said = await self.couriers[delivery.recipient].deliver(delivery.notification)
        except DeliveryRejected as exc:
            return self._dead(tried, exc.reason)
        except DeliveryPostponed as exc:
            return self._again(tried, exc.reason, exc.retry_after)
        except ReceiverGone as exc:
            return replace(self._again(tried, exc.reason), is_unwanted=True)
        except TimeoutError:
            return self._again(tried, f"no answer within {self.total_seconds:g} seconds")
        except Exception as bug:
            # One broken delivery must not hold up the others.
            log.exception("delivery broke", extra={"delivery_id": delivery.delivery_id})
            return self._again(tried, f"bug: {type(bug).__name__}: {bug}")
        # An acceptance in odd bytes is an acceptance: no database may stumble over them.
        answer = plain(said, _LONGEST_ANSWER)
        log.info("delivered", extra={"delivery_id": delivery.delivery_id, "answer": answer})
        return replace(tried, state=DeliveryState.SENT, last_error=answer)

    def _again(self, tried: Delivery, said: str, retry_after: float | None = None) -> Delivery:
        reason = plain(said, _LONGEST_ANSWER)
        is_spent = tried.attempts >= self.max_attempts and tried.recipient not in self.may_rest
        if is_spent:
            return self._dead(
                tried, f"given up after {counted(tried.attempts, 'attempt')}: {reason}"
            )
        log.warning("postponed", extra={"delivery_id": tried.delivery_id, "reason": reason})
        due = next_attempt(self.now(), tried.attempts, self.chance(), retry_after)
        return replace(tried, next_attempt_at=due, last_error=reason)

    def _dead(self, tried: Delivery, said: str) -> Delivery:
        reason = plain(said, _LONGEST_ANSWER)
        log.error("rejected", extra={"delivery_id": tried.delivery_id, "reason": reason})
        return replace(tried, state=DeliveryState.DEAD, last_error=reason)


def _told_by(carriers: Mapping[tuple[str, str], str]) -> dict[str, set[str]]:
    """Alert -> who was told of it."""
    told: dict[str, set[str]] = {}
    for recipient, first in carriers:
        told.setdefault(first, set()).add(recipient)
    return told


def _recipients(routings: Sequence[Routing]) -> set[str]:
    return {recipient for routing in routings for recipient in routing.recipients}


def with_silences(
    notification: Notification, silences: Sequence[Silence], now: datetime
) -> Notification:
    """A digest with what is muted for its recipient, each once; other notifications as they are."""
    if notification.hold is not Hold.DIGEST or not notification.alerts:
        return notification
    carried = [one.alert for one in notification.alerts]
    known = {alert.silence_id for alert in carried if isinstance(alert, Silenced)}
    more = [
        RoutedAlert(_silenced_alert(silence, notification, now), "silences")
        for silence in silences
        if silence.is_for(notification.recipient) and silence.silence_id not in known
    ]
    return replace(notification, alerts=(*notification.alerts, *more))


def _silenced_alert(silence: Silence, notification: Notification, now: datetime) -> Silenced:
    name = alert_id("silenced", silence.silence_id, notification.delivery_id)
    return silenced(silence, name, now, "somebody muted this")


def _silenced(planned: Sequence[Notification]) -> list[Alert]:
    carried = (routed.alert for one in planned for routed in one.alerts)
    return [alert for alert in carried if isinstance(alert, Silenced)]


def _escalate(outbox: Outbox, first: Notification, times: int, now: datetime) -> None:
    asked = first.escalation
    if asked is None:
        return
    then = asked.then[times:]
    if then and (alerts := _untold(outbox, first, then[0])):
        onward = Notification(
            delivery_id=f"{first.delivery_id}{ESCALATED}{recipient_part(then[0])}",
            recipient=then[0],
            alerts=alerts,
            created_at=now,
            send_after=now,
            is_urgent=True,
            # It can be acknowledged as well; who is next is known to the first one.
            escalation=Escalation(asked.within, ()),
        )
        outbox.plan([onward], now)
        log.warning("escalated", extra={"delivery_id": first.delivery_id, "recipient": then[0]})
    outbox.escalated(first.delivery_id, times + 1, now + asked.within if len(then) > 1 else None)


def _untold(outbox: Outbox, first: Notification, recipient: str) -> tuple[RoutedAlert, ...]:
    """What of it this recipient was not told by any route of his own."""
    told = outbox.carriers([one.alert.alert_id for one in first.alerts])
    rule = f"not acknowledged by {first.recipient}"
    return tuple(
        RoutedAlert(one.alert, rule)
        for one in first.alerts
        if (recipient, one.alert.alert_id) not in told
    )


def _awaited(planned: Sequence[Notification]) -> set[str]:
    """The entries whose texts are waited for."""
    waiting = (one for one in planned if one.hold is Hold.TEXT)
    return {name for one in waiting for routed in one.alerts for name in entries_of(routed.alert)}
