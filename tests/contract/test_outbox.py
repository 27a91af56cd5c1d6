"""The outbox alone: what is asked of it and written to it, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.daemon import Daemon, notify, watchdog_seconds
from monitor.model.alert import Alert
from monitor.model.delivery import Delivery, DeliveryState, Hold, Notification, Refusal, RoutedAlert
from monitor.model.subjects import subjects_of
from monitor.store import schema
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.make import DAY, HOUR, MINUTE, amended, every_alert, filed, notification, snapshot
from tests.story import Story, telling

SECOND = timedelta(seconds=1)
HOSTILE = (
    "O\u2019BRIEN v. \u202eEOD <script>\r\nBcc: x@example.org\x1b[2J \U0001f4dc " + "§" * 9_000
)


def put(store: SqlStore, *alerts: Alert) -> None:
    with store.begin() as unit:
        unit.outbox.add(alerts)


def plan(store: SqlStore, *notifications: Notification, now: datetime = NOON) -> None:
    put(store, *(routed.alert for one in notifications for routed in one.alerts))
    with store.begin() as unit:
        unit.outbox.plan(notifications, now)


def waiting(*told: Alert, hold: Hold = Hold.TEXT, **more: Any) -> Notification:
    return notification(*told, hold=hold, send_after=NOON + 90 * SECOND, **more)


def held(store: SqlStore, now: datetime = NOON, *recipients: str) -> list[Notification]:
    with store.begin() as unit:
        return list(unit.outbox.held(recipients or ("desk",), now))


def claim(store: SqlStore, now: datetime = NOON, seconds: float = 60) -> Delivery | None:
    with store.begin() as unit:
        return unit.outbox.claim("desk", now, seconds)


def settle(store: SqlStore, delivery: Delivery, now: datetime = NOON, **changed: Any) -> None:
    with store.begin() as unit:
        unit.outbox.settle(replace(delivery, attempts=delivery.attempts + 1, **changed), now)


# --- alerts ---


def test_every_kind_of_alert_comes_out_as_it_was_put_in(store: SqlStore) -> None:
    alerts = every_alert()
    put(store, *alerts)
    with store.begin() as unit:
        found = unit.outbox.unrouted(100)
    assert {alert.alert_id: alert for alert in found} == {alert.alert_id: alert for alert in alerts}


def test_hostile_words_come_out_as_they_were_put_in(store: SqlStore) -> None:
    order = filed(why=HOSTILE, entries=(snapshot("e1", HOSTILE, HOSTILE),))
    put(store, order)
    with store.begin() as unit:
        assert unit.outbox.unrouted(1) == [order]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 100])
def test_what_one_poll_found_is_never_parted(store: SqlStore, limit: int) -> None:
    first = [filed(f"a{n}", f"e{n}") for n in range(3)]
    second = [filed(f"b{n}", f"f{n}", created_at=NOON + SECOND) for n in range(3)]
    put(store, *second)
    put(store, *first)
    with store.begin() as unit:
        found = unit.outbox.unrouted(limit)
    assert found == (first if limit <= 3 else first + second)


def test_alerts_of_one_poll_keep_their_order(store: SqlStore) -> None:
    names = ["z", "b", "m", "a"]
    put(store, *(filed(name, f"e{name}") for name in names))
    with store.begin() as unit:
        assert [alert.alert_id for alert in unit.outbox.unrouted(10)] == names


def test_what_was_routed_is_not_routed_again_even_if_it_is_found_again(store: SqlStore) -> None:
    put(store, filed("a1"), filed("a2", "e2"))
    with store.begin() as unit:
        unit.outbox.mark_routed(["a1"], {}, NOON)
    put(store, filed("a1"))
    with store.begin() as unit:
        assert [alert.alert_id for alert in unit.outbox.unrouted(10)] == ["a2"]


def test_many_alerts_are_marked_in_one_go(store: SqlStore) -> None:
    names = [f"a{n}" for n in range(1_001)]
    put(store, *(filed(name) for name in names))
    with store.begin() as unit:
        unit.outbox.mark_routed(names, {}, NOON)
        assert unit.outbox.unrouted(10) == []


def test_everything_that_an_alert_is_about_is_recorded(store: SqlStore) -> None:
    alerts = every_alert()
    put(store, *alerts)
    put(store, *alerts)
    t = schema.alert_subjects
    with store.begin() as unit:
        found = unit.connection.execute(sa.select(t)).all()
    wanted = {
        (alert.alert_id, one.kind.value, one.subject_id)
        for alert in alerts
        for one in subjects_of(alert)
    }
    assert {(row.alert_id, row.kind, row.subject_id) for row in found} == wanted
    assert len(found) == len(wanted)


def test_each_refusal_is_recorded_with_its_rule(store: SqlStore) -> None:
    put(store, filed())
    refusals = [Refusal("orders", "it takes the kinds order"), Refusal("press", HOSTILE)]
    with store.begin() as unit:
        unit.outbox.mark_routed(["a1"], {"a1": refusals}, NOON)
    t = schema.alert_refusals
    with store.begin() as unit:
        found = unit.connection.execute(sa.select(t.c.rule, t.c.reason).order_by(t.c.rule))
        assert [Refusal(*row) for row in found] == refusals


def test_an_entry_is_first_told_in_its_earliest_filing(store: SqlStore) -> None:
    put(
        store,
        amended("a0", created_at=NOON - HOUR),
        filed("a2", created_at=NOON + HOUR),
        filed("a1"),
        filed("b1", "e9"),
    )
    with store.begin() as unit:
        found = unit.outbox.first_alerts(["e1", "unknown"])
        assert unit.outbox.first_alerts([]) == {}
    assert found == {("ctr-v-irs", "e1"): "a1"}


# --- notifications ---


def test_a_plan_that_is_made_again_changes_nothing(store: SqlStore) -> None:
    bundle = notification(filed(), filed("a2", "e2"), amended("a3"))
    for _ in range(3):
        plan(store, bundle)
    with store.begin() as unit:
        assert unit.outbox.notification(bundle.delivery_id) == bundle
    delivery = claim(store)
    assert delivery is not None
    settle(store, delivery, state=DeliveryState.SENT)
    assert claim(store) is None


def test_an_alert_is_planned_once_for_a_recipient_whatever_carries_it(store: SqlStore) -> None:
    plan(store, notification(filed()))
    other = notification(filed("a2", "e2"), filed())
    plan(store, other)
    with store.begin() as unit:
        second = unit.outbox.notification(other.delivery_id)
        assert unit.outbox.carriers(["a1"]) == {("desk", "a1"): "a1.desk"}
    assert second is not None
    assert [one.alert.alert_id for one in second.alerts] == ["a2"]


def test_what_carries_an_alert_is_known_for_each_recipient(store: SqlStore) -> None:
    plan(store, notification(filed()), notification(filed(), recipient="hook"))
    with store.begin() as unit:
        found = unit.outbox.carriers(["a1", "unknown"])
    assert found == {("desk", "a1"): "a1.desk", ("hook", "a1"): "a1.hook"}


def test_what_is_not_there_has_no_notification(store: SqlStore) -> None:
    with store.begin() as unit:
        assert unit.outbox.notification("a1.desk") is None


def test_a_change_joins_what_is_held_behind_what_it_holds(store: SqlStore) -> None:
    plan(store, waiting(filed()))
    change = amended()
    (found,) = held(store)
    more = replace(
        found,
        alerts=(*found.alerts, RoutedAlert(change, "all")),
        hold=Hold.NONE,
        send_after=NOON + SECOND,
    )
    plan(store, more)
    assert held(store) == []
    assert claim(store) is None
    delivery = claim(store, NOON + SECOND)
    assert delivery is not None
    assert [one.alert.topic for one in delivery.notification.alerts] == ["filed", "amended"]


def test_held_are_those_of_the_recipients_asked_for(store: SqlStore) -> None:
    mine, theirs = waiting(filed()), waiting(filed(), recipient="hook", hold=Hold.AMENDMENTS)
    plan(store, mine, theirs, notification(filed("a5", "e5")))
    assert held(store) == [mine]
    assert held(store, NOON, "hook") == [theirs]
    assert held(store, NOON, "desk", "hook") == [mine, theirs]
    with store.begin() as unit:
        assert unit.outbox.held([], NOON) == []


def test_what_is_due_is_held_no_more(store: SqlStore) -> None:
    plan(store, waiting(filed()))
    assert held(store, NOON + 90 * SECOND) == []


def test_what_somebody_has_begun_to_send_is_not_held(store: SqlStore) -> None:
    plan(store, waiting(filed()))
    assert claim(store, NOON + 90 * SECOND) is not None
    # Whoever took it may have sent it: its lease says nothing when it runs out, and clocks differ.
    assert held(store, NOON + 80 * SECOND) == []


def test_what_was_attempted_is_not_held(store: SqlStore) -> None:
    plan(store, waiting(filed()))
    delivery = claim(store, NOON + 90 * SECOND)
    assert delivery is not None
    settle(store, delivery, NOON + 91 * SECOND)
    assert held(store, NOON + 80 * SECOND) == []


def test_nothing_is_let_go_but_what_waits_for_this_text(store: SqlStore) -> None:
    plan(store, waiting(filed()), waiting(filed("a2", "e2")))
    plan(store, waiting(amended("a3", "e1"), hold=Hold.AMENDMENTS))
    with store.begin() as unit:
        unit.outbox.release(["e1"], NOON)
    assert [one.delivery_id for one in held(store)] == ["a2.desk", "a3.desk"]
    free = claim(store)
    assert free is not None
    assert free.delivery_id == "a1.desk"


# --- deliveries ---


def test_deliveries_are_taken_by_the_time_that_they_have_waited(store: SqlStore) -> None:
    for minutes in (2, 0, 1):
        told = filed(f"a{minutes}", f"e{minutes}")
        plan(store, notification(told, send_after=NOON + minutes * MINUTE))
    found = [claim(store, NOON + HOUR) for _ in range(4)]
    assert [one.delivery_id if one else "" for one in found] == [
        "a0.desk",
        "a1.desk",
        "a2.desk",
        "",
    ]


def test_each_recipient_with_something_due_is_named_once(store: SqlStore) -> None:
    plan(store, notification(filed()), notification(filed("a2", "e2")))
    plan(store, notification(filed(), recipient="hook"))
    plan(store, notification(filed(), recipient="later", send_after=NOON + HOUR))
    with store.begin() as unit:
        assert unit.outbox.due_recipients(NOON) == ["desk", "hook"]


def test_who_is_served_is_not_due(store: SqlStore) -> None:
    plan(store, notification(filed()))
    assert claim(store, seconds=60) is not None
    with store.begin() as unit:
        assert unit.outbox.due_recipients(NOON + MINUTE) == []
        assert unit.outbox.due_recipients(NOON + MINUTE + SECOND) == ["desk"]


@pytest.mark.parametrize("state", [DeliveryState.DEAD, DeliveryState.PENDING])
def test_what_was_not_sent_can_be_tried_again_with_all_attempts(
    store: SqlStore, state: DeliveryState
) -> None:
    plan(store, notification(filed()))
    delivery = claim(store)
    assert delivery is not None
    settle(store, delivery, state=state, next_attempt_at=NOON + DAY, last_error="550 no")
    assert claim(store, NOON + MINUTE) is None
    with store.begin() as unit:
        assert unit.outbox.retry("a1.desk", NOON + MINUTE)
    again = claim(store, NOON + MINUTE)
    assert again is not None
    assert (again.attempts, again.state) == (0, DeliveryState.PENDING)
    assert again.notification == delivery.notification


def test_what_was_sent_is_not_sent_again_on_demand(store: SqlStore) -> None:
    plan(store, notification(filed()))
    delivery = claim(store)
    assert delivery is not None
    settle(store, delivery, state=DeliveryState.SENT)
    with store.begin() as unit:
        assert not unit.outbox.retry("a1.desk", NOON)
        assert not unit.outbox.retry("a9.desk", NOON)
    assert claim(store, NOON + DAY) is None


@pytest.mark.parametrize("hold", list(Hold))
def test_what_was_sent_is_sent_once_more_only_when_somebody_says_so(
    store: SqlStore, hold: Hold
) -> None:
    """Under its id, with its words; and nothing is added to it, whatever it waited for at first."""
    plan(store, notification(filed(), hold=hold))
    delivery = claim(store)
    assert delivery is not None
    with store.begin() as unit:
        assert not unit.outbox.resend("a1.desk", NOON), "it is on its way"
    settle(store, delivery, state=DeliveryState.SENT)
    with store.begin() as unit:
        assert not unit.outbox.resend("a9.desk", NOON)
        assert unit.outbox.resend("a1.desk", NOON + DAY)
        assert not unit.outbox.resend("a1.desk", NOON + DAY), "it waits already"
        assert unit.outbox.held(["desk"], NOON) == []
    again = claim(store, NOON + DAY)
    assert again is not None
    assert (again.attempts, again.delivery_id) == (0, delivery.delivery_id)
    assert again.notification.alerts == delivery.notification.alerts
    assert claim(store, NOON + DAY) is None


def test_a_sent_delivery_forgets_its_errors_and_its_attempts_keep_them(store: SqlStore) -> None:
    plan(store, notification(filed()))
    for at, said, state in (
        (NOON, HOSTILE, DeliveryState.PENDING),
        (NOON + MINUTE, "250 ok", DeliveryState.SENT),
    ):
        delivery = claim(store, at)
        assert delivery is not None
        settle(store, delivery, at, state=state, last_error=said)
    d, a = schema.deliveries, schema.attempts
    with store.begin() as unit:
        row = unit.connection.execute(sa.select(d)).one()
        details = unit.connection.execute(sa.select(a.c.detail).order_by(a.c.attempt_id)).scalars()
        assert list(details) == [HOSTILE, "250 ok"]
    assert (row.last_error, row.sent_at, row.attempts, row.lease) == ("", NOON + MINUTE, 2, "")


# --- overdue ---


def overdue(store: SqlStore, now: datetime, *recipients: str) -> str:
    with store.begin() as unit:
        return unit.outbox.overdue(now - 5 * MINUTE, recipients or ("desk",))


def test_a_delivery_that_nobody_takes_up_is_overdue(store: SqlStore) -> None:
    plan(store, notification(filed()))
    assert overdue(store, NOON + 4 * MINUTE) == ""
    assert overdue(store, NOON + 6 * MINUTE) == "a1.desk"


def test_a_dead_channel_that_is_tried_all_the_while_is_not_overdue(store: SqlStore) -> None:
    plan(store, notification(filed()), notification(filed("a2", "e2")))
    delivery = claim(store)
    assert delivery is not None
    settle(store, delivery, NOON + 2 * MINUTE, next_attempt_at=NOON + HOUR, last_error="down")
    assert overdue(store, NOON + 6 * MINUTE) == ""
    assert overdue(store, NOON + 20 * MINUTE) == "a2.desk"


def test_what_waits_for_somebody_unknown_or_until_later_is_not_overdue(store: SqlStore) -> None:
    plan(store, notification(filed(), recipient="former"), waiting(filed()))
    assert overdue(store, NOON + 6 * MINUTE) == ""
    assert overdue(store, NOON + 6 * MINUTE, "former") == "a1.former"


# --- the daemon's own sign of life ---


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db") as told:
        yield told


async def test_a_source_or_a_delivery_that_nobody_takes_up_means_that_we_are_stuck(
    story: Story,
) -> None:
    daemon = Daemon(story.app)
    assert await daemon.why_stuck() == ""
    story.files(10, "Order", entry=10)
    await story.polls(10, deliver=False)
    await story.app.in_writer(story.app.dispatcher.route)
    story.now += 6 * MINUTE
    assert "delivery" in await daemon.why_stuck()
    await story.app.dispatcher.drain()
    assert await daemon.why_stuck() == ""
    story.now += HOUR
    assert "source" in await daemon.why_stuck()


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "30000000"}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({"WATCHDOG_USEC": "-5"}, None),
    ],
    ids=["not asked", "every 30 seconds", "another process is meant", "words", "negative"],
)
def test_systemd_is_given_a_sign_of_life_where_it_wants_one(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], seconds: float | None
) -> None:
    for name in ("WATCHDOG_USEC", "WATCHDOG_PID"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert watchdog_seconds() == seconds


@pytest.mark.parametrize("place", ["", "/nowhere/at/all", "@no-such-abstract-socket"])
def test_a_systemd_that_does_not_listen_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", place)
    notify("READY=1")
