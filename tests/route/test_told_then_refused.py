"""Whoever was told of an order hears when its words change, whatever it turns out to be."""

from __future__ import annotations

from dataclasses import replace

from monitor.dispatch import Dispatcher
from monitor.model.change import EntryRevised
from monitor.model.delivery import Notification, Rule
from monitor.model.docket import EntryKind
from monitor.route.bundle import Bundling, bundle
from monitor.route.rules import route
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.make import MINUTE, ORDER, amended, filed

RULES = [Rule("orders", ("desk",), kinds=("order",))]


CHANGE = EntryRevised("e1", "court:dcd", "event_names", "Order", "Motion for Order")
NOW_A_MOTION = amended(judgement=replace(ORDER, kind=EntryKind.MOTION), changes=(CHANGE,))


def test_who_was_told_of_an_order_hears_that_it_is_a_motion() -> None:
    assert route(NOW_A_MOTION, RULES).recipients == {}
    assert route(NOW_A_MOTION, RULES, {"desk"}).recipients == {"desk": "orders"}


def test_who_wants_no_amendments_or_another_case_hears_nothing_of_it() -> None:
    rules = [
        Rule("filed", ("desk",), kinds=("order",), topics=("filed",)),
        Rule("other", ("desk",), kinds=("order",), cases=("another",)),
    ]
    assert route(NOW_A_MOTION, rules, {"desk"}).recipients == {}


def test_an_order_that_waits_for_its_text_is_not_sent_in_words_known_to_be_wrong() -> None:
    stub = filed(text_expected_until=NOON + MINUTE)
    [held] = bundle([route(stub, RULES)], [], {}, Bundling(), NOON)
    routed = [route(NOW_A_MOTION, RULES, {"desk"})]
    [told] = bundle(routed, [held], {}, Bundling(), NOON + MINUTE / 2)
    assert [one.alert.topic for one in told.alerts] == ["filed", "amended"]


async def test_the_dispatcher_knows_who_was_told(store: SqlStore) -> None:
    now, desk = NOON, Desk()
    dispatcher = Dispatcher(store, {"desk": desk}, RULES, lambda: now, lambda: 0.5)
    with store.begin() as unit:
        unit.outbox.add([filed()])
    await dispatcher.drain()
    with store.begin() as unit:
        unit.outbox.add([NOW_A_MOTION])
    now += 10 * MINUTE
    await dispatcher.drain()
    assert [[r.alert.topic for r in one.alerts] for one in desk.given] == [["filed"], ["amended"]]


class Desk:
    def __init__(self) -> None:
        self.given: list[Notification] = []

    async def deliver(self, notification: Notification) -> str:
        self.given.append(notification)
        return "ok"
