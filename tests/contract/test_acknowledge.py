"""What nobody takes up in time goes to the next; the first who takes it up ends that."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.dispatch import Dispatcher
from monitor.model.delivery import Escalation, Rule
from monitor.model.timing import Every, Pace
from monitor.store.database import SqlStore
from tests.contract.test_digests import TEN, dispatcher, told_at
from tests.contract.test_dispatch import Office
from tests.make import filed

HALF = timedelta(minutes=30)
ASKED = Rule("orders", ("desk",), escalation=Escalation(HALF, ("hook",)))


@pytest.fixture
def office(store: SqlStore) -> Office:
    return Office(store, TEN)


def lanes(office: Office, *rules: Rule) -> Dispatcher:
    return dispatcher(office, *(rules or (ASKED,)))


async def after(office: Office, lane: Dispatcher, minutes: float) -> None:
    office.now = TEN + timedelta(minutes=minutes)
    await lane.drain()


async def test_what_is_not_taken_up_goes_to_the_next_once(office: Office) -> None:
    lane = lanes(office)
    told_at(office, TEN, filed("f1", "e1"))
    await lane.drain()
    assert (office.desk.told, office.hook.told) == ([["f1"]], [])
    await after(office, lane, 29)
    assert office.hook.told == []
    await after(office, lane, 30)
    await after(office, lane, 31)
    await after(office, lane, 600)
    assert office.hook.told == [["f1"]]
    assert office.hook.accepted[0].rules == ("not acknowledged by desk",)


@pytest.mark.parametrize("which", ["f1.desk", "f1.desk.to.hook"])
async def test_whoever_takes_it_up_first_ends_it(office: Office, which: str) -> None:
    chain = replace(ASKED, escalation=Escalation(HALF, ("hook", "boss")))
    lane = lanes(office, chain)
    told_at(office, TEN, filed("f1", "e1"))
    await lane.drain()
    if ".to." in which:
        await after(office, lane, 30)
    with office.store.begin() as unit:
        assert unit.outbox.acknowledge(which, "Ann", office.now)
        assert not unit.outbox.acknowledge("f1.desk", "Bob", office.now)
        assert unit.outbox.acknowledged(which) == (office.now, "Ann")
    await after(office, lane, 600)
    with office.store.begin() as unit:
        assert unit.outbox.unacknowledged(office.now) == []
        assert unit.outbox.notification("f1.desk.to.boss") is None


async def test_each_in_turn_is_given_the_same_time(office: Office) -> None:
    chain = replace(ASKED, escalation=Escalation(HALF, ("hook", "boss")))
    lane = lanes(office, chain)
    told_at(office, TEN, filed("f1", "e1"))
    await lane.drain()
    await after(office, lane, 30)
    await after(office, lane, 59)
    with office.store.begin() as unit:
        assert unit.outbox.notification("f1.desk.to.boss") is None
    await after(office, lane, 60)
    with office.store.begin() as unit:
        assert unit.outbox.notification("f1.desk.to.boss") is not None


async def test_what_asks_for_nothing_goes_to_nobody_else(office: Office) -> None:
    lane = lanes(office, Rule("all", ("desk",)))
    told_at(office, TEN, filed("f1", "e1"))
    await lane.drain()
    with office.store.begin() as unit:
        assert not unit.outbox.acknowledge("f1.desk", "Ann", office.now)
        assert not unit.outbox.acknowledge("nothing", "Ann", office.now)
    await after(office, lane, 600)
    assert office.hook.told == []


async def test_a_channel_that_is_down_does_not_keep_it_from_the_next(office: Office) -> None:
    lane = lanes(office)
    office.desk.answers = [RuntimeError("down")] * 50
    told_at(office, TEN, filed("f1", "e1"))
    await lane.drain()
    await after(office, lane, 30)
    assert office.hook.told == [["f1"]]


async def test_in_a_digest_the_time_begins_when_that_is_sent(office: Office) -> None:
    lane = lanes(office, replace(ASKED, pace=Pace(Every.HOUR)))
    told_at(office, TEN, filed("f1", "e1"))
    await lane.drain()
    await after(office, lane, 45)
    assert (office.desk.told, office.hook.told) == ([], [])
    await after(office, lane, 60)
    await after(office, lane, 89)
    assert (office.desk.told, office.hook.told) == ([["f1"]], [])
    await after(office, lane, 90)
    assert office.hook.told == [["f1"]]


async def test_whoever_was_told_already_is_not_told_again(office: Office) -> None:
    lane = lanes(office, ASKED, Rule("all", ("hook",)))
    told_at(office, TEN, filed("f1", "e1"))
    await lane.drain()
    await after(office, lane, 600)
    assert office.hook.told == [["f1"]]
