"""From the outbox to the recipients: each is told once, in time, and no channel delays another."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.dispatch import Dispatcher
from monitor.errors import DeliveryPostponed, DeliveryRejected
from monitor.model.alert import Alert, DeliveryGivenUp
from monitor.model.delivery import Hold, Notification, Rule
from monitor.ports import Courier
from monitor.route.bundle import Bundling
from monitor.store import schema
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.make import (
    DAY,
    HOUR,
    MINUTE,
    amended,
    caught_up,
    filed,
    gap_opened,
    snapshot,
)

SECOND = timedelta(seconds=1)
EVERYTHING = Rule("all", ("desk", "hook"))
#: As mail servers, chat services and broken proxies answer.
HOSTILE = "550 <b>no</b>\r\nBcc: everybody@example.org\r\n\u202egro.elpmaxe \x1b[31m" + "x" * 50_000


@dataclass
class Recipient:
    """A fake courier: does what its next answer says, and keeps what it accepted."""

    answers: list[Exception | str] = field(default_factory=list)
    accepted: list[Notification] = field(default_factory=list)
    asked: int = 0

    async def deliver(self, notification: Notification) -> str:
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else "250 ok"
        if isinstance(answer, Exception):
            raise answer
        self.accepted.append(notification)
        return answer

    @property
    def told(self) -> list[list[str]]:
        """The ids of the alerts in each notification that it accepted."""
        return [[one.alert.alert_id for one in sent.alerts] for sent in self.accepted]


class Silent:
    """Takes the connection and never answers."""

    async def deliver(self, notification: Notification) -> str:
        await asyncio.Event().wait()
        raise AssertionError


class Always:
    """Fails every time in the same way."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.asked = 0

    async def deliver(self, notification: Notification) -> str:
        self.asked += 1
        raise self.error


@dataclass
class Office:
    """A dispatcher over a real store, with a clock turned by hand."""

    store: SqlStore
    now: datetime = NOON
    desk: Recipient = field(default_factory=Recipient)
    hook: Recipient = field(default_factory=Recipient)

    def dispatcher(
        self,
        *rules: Rule,
        couriers: Mapping[str, Courier] | None = None,
        grace: timedelta = timedelta(seconds=90),
        max_attempts: int = 80,
        total_seconds: float = 90.0,
    ) -> Dispatcher:
        return Dispatcher(
            store=self.store,
            couriers={"desk": self.desk, "hook": self.hook} if couriers is None else couriers,
            rules=rules or (EVERYTHING,),
            now=lambda: self.now,
            chance=lambda: 0.5,
            bundling=Bundling(grace),
            max_attempts=max_attempts,
            total_seconds=total_seconds,
        )

    def found(self, *alerts: Alert) -> None:
        """What a poll found is in the outbox."""
        with self.store.begin() as unit:
            unit.outbox.add(alerts)

    def held(self, recipient: str = "desk") -> list[Notification]:
        with self.store.begin() as unit:
            return list(unit.outbox.held([recipient], self.now))

    def states(self) -> dict[str, str]:
        t = schema.deliveries
        with self.store.begin() as unit:
            found = unit.connection.execute(sa.select(t.c.delivery_id, t.c.state)).all()
        return {row[0]: row[1] for row in found}

    def attempts(self) -> list[tuple[str, str, str]]:
        """(delivery, result, detail) of every attempt, the first one first."""
        t = schema.attempts
        query = sa.select(t.c.delivery_id, t.c.result, t.c.detail).order_by(t.c.attempt_id)
        with self.store.begin() as unit:
            return [(row[0], row[1], row[2]) for row in unit.connection.execute(query)]

    def next_attempt(self, delivery_id: str = "a1.desk") -> datetime:
        t = schema.deliveries
        query = sa.select(t.c.next_attempt_at).where(t.c.delivery_id == delivery_id)
        with self.store.begin() as unit:
            found: datetime = unit.connection.execute(query).scalar_one()
        return found


@pytest.fixture
def office(store: SqlStore) -> Office:
    return Office(store)


TO_DESK = Rule("desk", ("desk",))


# --- once to each ---


async def test_an_order_is_told_once_to_each_recipient(office: Office) -> None:
    office.found(filed())
    dispatcher = office.dispatcher()
    assert await dispatcher.drain() == 2
    assert await dispatcher.drain() == 0
    assert office.desk.told == office.hook.told == [["a1"]]
    assert {n.delivery_id for n in office.desk.accepted + office.hook.accepted} == {
        "a1.desk",
        "a1.hook",
    }


async def test_two_rules_that_lead_to_one_recipient_are_one_notification(office: Office) -> None:
    office.found(filed())
    orders = Rule("orders", ("desk",), kinds=("order",))
    assert await office.dispatcher(orders, EVERYTHING).drain() == 2
    (told,) = office.desk.accepted
    assert told.rules == ("orders",)


async def test_what_no_rule_takes_is_told_to_nobody_and_says_why(office: Office) -> None:
    office.found(filed())
    opinions = Rule("opinions only", ("desk",), kinds=("opinion",))
    other = Rule("another case", ("hook",), cases=("roe-v-doe",))
    assert await office.dispatcher(opinions, other).drain() == 0
    t = schema.alert_refusals
    with office.store.begin() as unit:
        found = unit.connection.execute(sa.select(t.c.rule, t.c.reason)).all()
        reasons = {row[0]: row[1] for row in found}
    assert reasons.keys() == {"opinions only", "another case"}
    assert "order" in reasons["opinions only"]
    assert "roe-v-doe" in reasons["another case"]
    assert await office.dispatcher().drain() == 0  # a rule that comes later tells nothing old


async def test_more_alerts_than_are_routed_at_once_are_all_told(office: Office) -> None:
    many = [
        filed(f"a{n:03}", f"e{n}", created_at=NOON - n * SECOND, why=f"reason {n}")
        for n in range(230)
    ]
    office.found(*many)
    assert await office.dispatcher(TO_DESK).drain() == 230
    assert sorted(office.desk.told) == [[alert.alert_id] for alert in many]


async def test_what_waits_longest_is_told_first(office: Office) -> None:
    for minutes in (3, 1, 2):
        office.now = NOON + minutes * MINUTE
        office.found(filed(f"a{minutes}", f"e{minutes}", created_at=office.now))
        office.dispatcher(TO_DESK).route()
    office.now = NOON + HOUR
    await office.dispatcher(TO_DESK).drain()
    assert office.desk.told == [["a1"], ["a2"], ["a3"]]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    answers=st.lists(st.sampled_from(["ok", "later", "bug", "never"]), min_size=1, max_size=8),
    count=st.integers(1, 4),
)
async def test_whatever_a_channel_answers_nothing_is_accepted_twice_and_nothing_vanishes(
    store: SqlStore, answers: list[str], count: int
) -> None:
    with store.begin() as unit:
        for table in reversed(schema.metadata.sorted_tables):
            unit.connection.execute(sa.delete(table))
    office = Office(store)
    errors: dict[str, Exception | str] = {
        "later": DeliveryPostponed("busy"),
        "bug": ValueError("half a letter"),
        "never": DeliveryRejected("gone"),
        "ok": "250 ok",
    }
    office.desk.answers = [errors[name] for name in answers]
    office.found(*(filed(f"a{n}", f"e{n}") for n in range(count)))
    dispatcher = office.dispatcher(Rule("filings", ("desk",), topics=("filed",)))
    for _ in range(12):
        await dispatcher.drain()
        office.now += HOUR
    told = [name for group in office.desk.told for name in group]
    dead = [name for name, state in office.states().items() if state == "dead"]
    assert len(told) == len(set(told))
    assert len(told) + len(dead) == count


# --- what a channel answers ---


async def test_the_answer_of_the_receiver_is_kept_with_the_attempt(office: Office) -> None:
    office.desk.answers = ["250 2.0.0 Ok: queued as 4F2"]
    office.found(filed())
    await office.dispatcher(TO_DESK).drain()
    assert office.attempts() == [("a1.desk", "accepted", "250 2.0.0 Ok: queued as 4F2")]


async def test_a_busy_channel_is_asked_again_later_under_the_same_id(office: Office) -> None:
    office.desk.answers = [DeliveryPostponed("451 busy")]
    office.found(filed())
    dispatcher = office.dispatcher(TO_DESK)
    assert await dispatcher.drain() == 0
    assert office.next_attempt() > NOON
    assert await dispatcher.drain() == 0
    assert office.desk.asked == 1
    office.now = office.next_attempt()
    assert await dispatcher.drain() == 1
    assert [one.delivery_id for one in office.desk.accepted] == ["a1.desk"]
    assert [result for _, result, _ in office.attempts()] == ["pending", "accepted"]


@pytest.mark.parametrize(
    ("asked_for", "at_least", "at_most"),
    [(3600.0, HOUR, HOUR), (0.0, SECOND, MINUTE), (10.0**9, DAY, DAY)],
    ids=["an hour", "no time at all", "thirty years"],
)
async def test_a_channel_that_names_a_time_is_left_alone_until_then(
    office: Office, asked_for: float, at_least: timedelta, at_most: timedelta
) -> None:
    office.desk.answers = [DeliveryPostponed("HTTP 429", retry_after=asked_for)]
    office.found(filed())
    await office.dispatcher(TO_DESK).drain()
    assert NOON + at_least <= office.next_attempt() <= NOON + at_most


async def test_a_channel_that_stays_down_is_asked_ever_more_rarely(office: Office) -> None:
    dispatcher = office.dispatcher(TO_DESK, couriers={"desk": Always(DeliveryPostponed("down"))})
    office.found(filed())
    rests = []
    for _ in range(14):
        await dispatcher.drain()
        rests.append(office.next_attempt() - office.now)
        office.now = office.next_attempt()
    assert rests == sorted(rests)
    assert rests[0] < MINUTE
    assert rests[-1] <= 2 * HOUR


async def test_a_refused_notification_is_not_sent_again(office: Office) -> None:
    office.desk.answers = [DeliveryRejected("550 no such user")]
    office.found(filed())
    dispatcher = office.dispatcher(Rule("filings", ("desk",), topics=("filed",)))
    await dispatcher.drain()
    office.now += DAY
    await dispatcher.drain()
    assert office.desk.asked == 1
    assert office.states() == {"a1.desk": "dead"}


async def test_a_refused_notification_does_not_hold_up_the_next(office: Office) -> None:
    office.desk.answers = [DeliveryRejected("552 too large")]
    office.found(filed("a1", "e1"), filed("a2", "e2"))
    await office.dispatcher(Rule("filings", ("desk",), topics=("filed",))).drain()
    assert office.desk.told == [["a2"]]


async def test_a_channel_that_never_answers_is_given_up_for_now(office: Office) -> None:
    office.found(filed())
    lanes: dict[str, Courier] = {"desk": Silent(), "hook": office.hook}
    dispatcher = office.dispatcher(couriers=lanes, total_seconds=0.01)
    assert await dispatcher.drain() == 1
    assert office.states() == {"a1.desk": "pending", "a1.hook": "sent"}
    office.now = office.next_attempt()
    assert await office.dispatcher().drain() == 1  # it answers again
    assert office.desk.told == [["a1"]]


async def test_a_bug_in_a_courier_is_kept_with_the_attempt_and_tried_again(office: Office) -> None:
    office.desk.answers = [KeyError("headline")]
    office.found(filed())
    dispatcher = office.dispatcher()
    assert await dispatcher.drain() == 1
    (bug,) = [detail for name, _, detail in office.attempts() if name == "a1.desk"]
    assert "KeyError" in bug
    office.now += HOUR
    assert await dispatcher.drain() == 1
    assert office.desk.told == [["a1"]]


@pytest.mark.parametrize("error", [DeliveryRejected(HOSTILE), DeliveryPostponed(HOSTILE)])
async def test_hostile_words_of_a_receiver_are_made_plain(office: Office, error: Exception) -> None:
    office.desk.answers = [error]
    office.found(filed())
    await office.dispatcher(Rule("filings", ("desk",), topics=("filed",))).drain()
    said = office.attempts()[0][2]
    assert said.startswith("550 no Bcc: everybody@example.org")
    assert len(said) <= 500
    assert said.isprintable()


# --- lanes ---


async def test_a_dead_channel_delays_no_other_lane(office: Office) -> None:
    down = Always(DeliveryPostponed("connection refused"))
    lanes: dict[str, Courier] = {"desk": down, "hook": office.hook}
    office.found(*(filed(f"a{n}", f"e{n}") for n in range(5)))
    assert await office.dispatcher(couriers=lanes).drain() == 5
    assert len(office.hook.accepted) == 5
    assert down.asked < 5  # once per round, not once per waiting notification


async def test_lanes_are_worked_at_the_same_time(office: Office) -> None:
    hook_is_served = asyncio.Event()

    class WaitsForTheOther:
        async def deliver(self, notification: Notification) -> str:
            await hook_is_served.wait()
            return "250 ok"

    class Sets:
        async def deliver(self, notification: Notification) -> str:
            hook_is_served.set()
            return "200"

    office.found(filed())
    lanes: dict[str, Courier] = {"desk": WaitsForTheOther(), "hook": Sets()}
    assert await office.dispatcher(couriers=lanes).drain() == 2


async def test_what_waits_for_a_recipient_that_was_renamed_waits_until_he_is_back(
    office: Office,
) -> None:
    office.found(filed())
    office.dispatcher().route()
    without: dict[str, Courier] = {"hook": office.hook}
    assert office.dispatcher(couriers=without).due_recipients() == ["hook"]
    assert await office.dispatcher(couriers=without).drain() == 1
    assert await office.dispatcher().drain() == 1
    assert office.desk.told == [["a1"]]


async def test_a_worker_that_lost_its_lease_settles_nothing(office: Office) -> None:
    class SlowerThanItsLease:
        """While it delivers, another worker takes the delivery over."""

        async def deliver(self, notification: Notification) -> str:
            later = office.now + 4 * MINUTE
            with office.store.begin() as unit:
                assert unit.outbox.claim("desk", later, 210) is not None
            return "250 ok"

    office.found(filed())
    lanes: dict[str, Courier] = {"desk": SlowerThanItsLease()}
    await office.dispatcher(TO_DESK, couriers=lanes).drain()
    assert office.states() == {"a1.desk": "pending"}
    assert office.attempts() == []


async def test_who_dies_while_sending_repeats_the_same_words_under_the_same_id(
    office: Office,
) -> None:
    office.found(filed())
    dispatcher = office.dispatcher(TO_DESK)
    dispatcher.route()
    with office.store.begin() as unit:
        begun = unit.outbox.claim("desk", office.now, 210)
    assert begun is not None
    assert await dispatcher.drain() == 0  # somebody holds it
    office.now += 4 * MINUTE
    assert await dispatcher.drain() == 1
    assert office.desk.accepted == [replace(begun.notification, standing=())]


# --- given up ---


async def test_after_so_many_attempts_a_delivery_is_given_up(office: Office) -> None:
    down = Always(DeliveryPostponed("HTTP 503"))
    lanes: dict[str, Courier] = {"desk": down}
    filings = Rule("filings", ("desk",), topics=("filed",))
    dispatcher = office.dispatcher(filings, couriers=lanes, max_attempts=3)
    office.found(filed())
    for _ in range(6):
        await dispatcher.drain()
        office.now += HOUR
    assert down.asked == 3
    assert office.states() == {"a1.desk": "dead"}
    assert "HTTP 503" in office.attempts()[-1][2]


async def test_what_is_given_up_is_told_to_the_others_once_a_day(office: Office) -> None:
    gone = Always(DeliveryRejected("HTTP 410"))
    lanes: dict[str, Courier] = {"desk": office.desk, "hook": gone}
    dispatcher = office.dispatcher(couriers=lanes)
    given_up: list[DeliveryGivenUp] = []
    for hours in (0, 1, 2, 26):
        office.now = NOON + hours * HOUR
        office.found(filed(f"a{hours}", f"e{hours}", created_at=office.now))
        before = len(office.desk.accepted)
        await dispatcher.drain()
        new = [one.alert for sent in office.desk.accepted[before:] for one in sent.alerts]
        given_up += [alert for alert in new if isinstance(alert, DeliveryGivenUp)]
    assert [alert.created_at for alert in given_up] == [NOON, NOON + 26 * HOUR]
    assert {(alert.recipient, alert.reason) for alert in given_up} == {("hook", "HTTP 410")}
    assert sum(group[0].startswith("a") for group in office.desk.told) >= 4


async def test_a_refusal_by_everybody_ends(office: Office) -> None:
    gone: dict[str, Courier] = {name: Always(DeliveryRejected("no")) for name in ("desk", "hook")}
    office.found(filed())
    async with asyncio.timeout(60):
        assert await office.dispatcher(couriers=gone).drain() == 0
    assert set(office.states().values()) == {"dead"}


# --- holds ---


def waiting_filing(name: str = "a1", entry_id: str = "e1") -> Alert:
    return filed(name, entry_id, text_expected_until=NOON + 2 * MINUTE)


async def test_a_filing_waits_for_its_text_and_leaves_with_it(office: Office) -> None:
    dispatcher = office.dispatcher(TO_DESK)
    office.found(waiting_filing())
    assert await dispatcher.drain() == 0
    assert [one.hold for one in office.held()] == [Hold.TEXT]
    office.now += 20 * SECOND
    office.found(amended(created_at=office.now))
    assert await dispatcher.drain() == 1
    assert office.desk.told == [["a1", "a2"]]
    assert office.desk.accepted[0].delivery_id == "a1.desk"


async def test_a_change_that_brings_no_text_joins_and_waits_on(office: Office) -> None:
    dispatcher = office.dispatcher(TO_DESK)
    office.found(waiting_filing())
    await dispatcher.drain()
    renamed = amended(entry=snapshot("e1", "Order on Motion"), created_at=NOON + 5 * SECOND)
    office.now += 5 * SECOND
    office.found(renamed)
    assert await dispatcher.drain() == 0
    office.now = NOON + 90 * SECOND
    assert await dispatcher.drain() == 1
    assert office.desk.told == [["a1", "a2"]]


@pytest.mark.parametrize(
    ("grace", "until"),
    [(30 * SECOND, 30 * SECOND), (HOUR, 2 * MINUTE)],
    ids=["the recipient's patience", "the text is not asked for any more"],
)
async def test_a_filing_whose_text_does_not_come_leaves_without_it(
    office: Office, grace: timedelta, until: timedelta
) -> None:
    dispatcher = office.dispatcher(TO_DESK, grace=grace)
    office.found(waiting_filing())
    office.now = NOON + until - SECOND
    assert await dispatcher.drain() == 0
    office.now = NOON + until
    assert await dispatcher.drain() == 1
    assert office.desk.told == [["a1"]]


async def test_a_look_up_that_is_answered_without_the_text_lets_the_filing_go(
    office: Office,
) -> None:
    dispatcher = office.dispatcher(TO_DESK)
    office.found(waiting_filing("a1", "e1"), waiting_filing("a9", "e9"))
    await dispatcher.drain()
    office.now += 5 * SECOND
    with office.store.begin() as unit:
        unit.outbox.release(["e1", "never heard of"], office.now)
    assert await dispatcher.drain() == 1
    assert office.desk.told == [["a1"]]
    assert [one.delivery_id for one in office.held()] == ["a9.desk"]


async def test_a_filing_found_too_late_to_wait_is_told_at_once(office: Office) -> None:
    office.now = NOON + HOUR
    office.found(waiting_filing())
    assert await office.dispatcher(TO_DESK).drain() == 1


async def test_further_changes_of_one_entry_travel_together(office: Office) -> None:
    dispatcher = office.dispatcher(TO_DESK)
    office.found(filed())
    await dispatcher.drain()
    for number in (2, 3):
        office.now = NOON + number * 10 * SECOND
        office.found(amended(f"c{number}", created_at=office.now))
        assert await dispatcher.drain() == 0
    office.now = NOON + 5 * MINUTE
    assert await dispatcher.drain() == 1
    assert office.desk.told == [["a1"], ["c2", "c3"]]


async def test_a_hold_of_one_recipient_holds_nobody_else(office: Office) -> None:
    office.found(waiting_filing())
    office.dispatcher(TO_DESK).route()
    office.found(gap_opened())
    dispatcher = office.dispatcher()
    assert await dispatcher.drain() == 2
    assert office.desk.told == office.hook.told == [["a4"]]


async def test_what_was_held_survives_a_restart(office: Office) -> None:
    office.found(waiting_filing())
    await office.dispatcher(TO_DESK).drain()
    reborn = Office(office.store, office.now + 2 * MINUTE)
    assert await reborn.dispatcher(TO_DESK).drain() == 1
    assert reborn.desk.told == [["a1"]]


# --- answers ---


async def test_an_amendment_answers_the_notification_in_which_its_order_was_told(
    office: Office,
) -> None:
    dispatcher = office.dispatcher(grace=timedelta(0))
    office.found(filed())
    await dispatcher.drain()
    office.found(amended(created_at=NOON))
    await dispatcher.drain()
    assert [one.answers for one in office.desk.accepted] == ["", "a1.desk"]
    assert [one.answers for one in office.hook.accepted] == ["", "a1.hook"]


async def test_an_amendment_answers_the_bundle_that_told_of_its_order(office: Office) -> None:
    dispatcher = office.dispatcher(TO_DESK, grace=timedelta(0))
    filings = [filed(f"f{n}", f"e{n}") for n in range(7)]
    office.found(*filings, caught_up(filed=7))
    await dispatcher.drain()
    (bundle,) = office.desk.accepted
    assert len(bundle.alerts) == 8
    office.found(amended("c1", "e5", amends="f5", created_at=NOON))
    await dispatcher.drain()
    assert office.desk.accepted[-1].answers == bundle.delivery_id


async def test_an_amendment_answers_nothing_where_its_order_was_told_to_others(
    office: Office,
) -> None:
    office.found(filed())
    await office.dispatcher(TO_DESK, grace=timedelta(0)).drain()
    office.found(amended(created_at=NOON))
    await office.dispatcher(grace=timedelta(0)).drain()
    assert [one.answers for one in office.hook.accepted] == [""]
    assert office.desk.accepted[-1].answers == "a1.desk"


async def test_an_amendment_of_what_stood_there_before_answers_nothing(office: Office) -> None:
    office.found(amended(amends="", created_at=NOON))
    await office.dispatcher(TO_DESK, grace=timedelta(0)).drain()
    assert [one.answers for one in office.desk.accepted] == [""]
