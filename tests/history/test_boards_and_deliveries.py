"""Where cases stand, what was sent to whom, how sources do, and what is left of the quota."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from monitor.errors import SourceUnreachable, UsageError
from monitor.history import deliveries, quota
from monitor.history import entries as history
from monitor.history import sources as sources_of
from monitor.history.answers import CaseBoard, DeliveryLine, QuotaReport, SourceLine
from monitor.history.boards import boards
from monitor.history.record import reading
from monitor.model.alert import Alert
from monitor.model.delivery import Delivery, DeliveryState, Hold, Notification, Refusal
from monitor.model.docket import DocketEntry
from monitor.model.follow import Follow, FollowState
from monitor.model.outcome import Consequences, PollOutcome, Unreadable
from monitor.model.quota import FREE_ACCOUNT, Limit, LookUp, Priority, Purpose
from monitor.model.reading import Reading
from monitor.model.source import Source, Window
from monitor.model.watch import WatchState
from monitor.poll import claim_due
from monitor.sources.courtlistener import APPEAL, ENTRIES, WEBHOOK
from monitor.sources.news_feed import NEWS
from monitor.store.database import SqlStore
from tests.contract.test_healing import Readings, conclude
from tests.feeds import NOON
from tests.history.test_paging import keep
from tests.make import (
    CASE,
    DAY,
    DOCKET_ID,
    HOUR,
    MINUTE,
    NUMBER,
    amended,
    docket,
    entry,
    filed,
    gap_opened,
    notification,
    source,
    watch,
)

ABOVE = docket("26-5006", "cadc")
WATCH_ABOVE = replace(watch("w-above", number="26-5006"), court_id="cadc")
FOLLOW = Follow(
    DOCKET_ID, "cadc", "26-5006", FollowState.BOUND, "notice", "said", CASE.case_id, "L", NOON
)


def on_day(name: str, day: int, text: str, **more: Any) -> DocketEntry:
    values: dict[str, Any] = {
        "events": (),
        "entry_number": None,
        "date_filed": date(2026, 3, 2) + day * DAY,
        "published_at": NOON + day * DAY,
    }
    return entry(name, text, **values | more)


GRANTED = on_day("granted", 0, "ORDER granting 8 Motion for Preliminary Injunction")
NOTICE = on_day("notice", 1, "NOTICE OF APPEAL TO DC CIRCUIT COURT as to order")
MOTION = on_day("motion", 2, "MOTION for Summary Judgment by DOE", entry_number=30)
AFFIRMED = on_day(
    "affirmed",
    30,
    "JUDGMENT that the order of the District Court be AFFIRMED",
    docket_id=ABOVE.docket_id,
)


def found(store: SqlStore, case_id: str = "") -> tuple[CaseBoard, ...]:
    with reading(store) as record:
        return boards(record, case_id)


# --- where a case stands ---


def test_a_case_stands_over_all_of_its_dockets(store: SqlStore) -> None:
    keep(
        store,
        *(GRANTED, NOTICE, MOTION, AFFIRMED),
        dockets=[docket(), ABOVE],
        watches=[watch(), WATCH_ABOVE],
    )
    with store.begin() as unit:
        unit.watches.settle_follow(FOLLOW)
    (board,) = found(store)
    assert (board.case_id, board.case_label) == (CASE.case_id, CASE.label)
    assert board.relief is not None
    assert board.relief.entry_id == "granted"
    assert [one.entry_id for one in board.review] == ["affirmed"]
    assert "26-5006" in board.pending_in
    assert [(a.appeal_number, a.state, a.entry_id) for a in board.appeals] == [
        ("26-5006", "bound", "notice")
    ]
    below, above = board.dockets
    assert [one.entry_id for one in below.pending] == ["motion"]
    assert [one.entry_id for one in below.appeals] == ["notice"]
    assert below.latest is not None
    assert (below.latest.entry_id, below.latest.entry_number) == ("motion", 30)
    assert above.latest is not None
    assert above.latest.entry_id == "affirmed"


def test_a_docket_that_nobody_saw_has_a_board_that_claims_nothing(store: SqlStore) -> None:
    keep(store, dockets=[], watches=[watch()])
    (board,) = found(store)
    assert (board.relief, board.review, board.mandate) == (None, (), None)
    assert "nothing can be said" in board.now
    assert "no docket" in board.pending_in
    (line,) = board.dockets
    assert (line.relief, line.latest, line.pending, line.unknown) == (None, None, (), ())


def test_an_order_whose_words_nobody_saw_is_said_to_be_unknown(store: SqlStore) -> None:
    stub = on_day("stub", 3, "", events=["Order on Motion for Preliminary Injunction"])
    keep(store, GRANTED, stub, watches=[watch()])
    (board,) = found(store)
    assert board.dockets[0].relief is not None
    assert [one.entry_id for one in board.dockets[0].unknown] == ["stub"]


def test_what_was_withdrawn_or_was_another_entry_has_no_say(store: SqlStore) -> None:
    gone = replace(on_day("gone", 4, "ORDER denying 8 Motion to Stay"), is_withdrawn=True)
    double = replace(on_day("double", 5, "ORDER denying 8 Motion to Stay"), merged_into="granted")
    keep(store, GRANTED, gone, double, watches=[watch()])
    (board,) = found(store)
    assert board.dockets[0].latest is not None
    assert board.dockets[0].latest.entry_id == "granted"
    assert "granted" in board.now


def test_boards_are_of_what_is_watched(store: SqlStore) -> None:
    others = [
        watch("a", number="1:25-cv-00001", case="a", state=WatchState.PAUSED),
        watch("b", number="1:25-cv-00002", case="b", state=WatchState.REMOVED),
        watch("c", number="1:25-cv-00003", case="c"),
    ]
    keep(store, GRANTED, watches=[watch(), *others])
    with store.begin() as unit:
        unit.watches.set_leads({"c": (), "w": ("desk",)})
    states = {board.case_id: board.dockets[0].state for board in found(store)}
    assert states == {"a": "paused", "c": "active", CASE.case_id: "active"}
    leads = {board.case_id: board.dockets[0].leads_to for board in found(store)}
    assert leads == {"a": None, "c": (), CASE.case_id: ("desk",)}
    assert [board.case_id for board in found(store, "c")] == ["c"]
    assert found(store, "b") == ()


def test_appeals_of_another_case_are_not_this_ones(store: SqlStore) -> None:
    keep(store, GRANTED, watches=[watch()])
    with store.begin() as unit:
        unit.watches.settle_follow(replace(FOLLOW, case_id="another-case"))
    assert found(store)[0].appeals == ()


# --- what was sent ---


def planned(store: SqlStore, alerts: Sequence[Alert], *some: Notification) -> None:
    with store.begin() as unit:
        unit.outbox.add(alerts)
        unit.outbox.plan(some, NOON)


def attempt(store: SqlStore, recipient: str, at: datetime, state: DeliveryState, why: str) -> None:
    with store.begin() as unit:
        claimed = unit.outbox.claim(recipient, at, 60)
        assert claimed is not None
        again = at + HOUR if state is DeliveryState.PENDING else claimed.next_attempt_at
        tried = Delivery(
            claimed.notification, state, claimed.attempts + 1, again, why, claimed.lease
        )
        unit.outbox.settle(tried, at)


def latest(store: SqlStore, **asked: Any) -> list[DeliveryLine]:
    with reading(store) as record:
        return list(deliveries.latest(record, **asked))


def three(store: SqlStore) -> None:
    """One that arrived, one that was refused, and one that waits."""
    first, second, third = filed("a1"), filed("a2", "e2"), amended("a3", amends="a1")
    planned(
        store,
        [first, second, third],
        notification(first, created_at=NOON),
        notification(second, recipient="hook", created_at=NOON + MINUTE),
        notification(
            third,
            created_at=NOON + 2 * MINUTE,
            send_after=NOON + 4 * MINUTE,
            hold=Hold.AMENDMENTS,
            answers="a1.desk",
        ),
    )
    attempt(store, "desk", NOON + MINUTE, DeliveryState.SENT, "250 queued as 7")
    attempt(store, "hook", NOON + MINUTE, DeliveryState.PENDING, "HTTP 503")
    attempt(store, "hook", NOON + 2 * HOUR, DeliveryState.DEAD, "HTTP 410 <gone>\r\n")


def test_deliveries_are_listed_the_latest_first(store: SqlStore) -> None:
    three(store)
    lines = latest(store)
    assert [(one.delivery_id, one.state, one.attempts) for one in lines] == [
        ("a3.desk", "pending", 0),
        ("a2.hook", "dead", 2),
        ("a1.desk", "sent", 1),
    ]
    waits, dead, sent = lines
    assert (waits.hold, waits.answers, waits.sent_at) == ("amendments", "a1.desk", None)
    assert waits.next_attempt_at == NOON + 4 * MINUTE
    assert (dead.last_error, dead.sent_at) == ("HTTP 410 <gone>\r\n", None)
    assert (sent.last_error, sent.sent_at) == ("", NOON + MINUTE)


def test_deliveries_are_chosen_by_state_and_recipient(store: SqlStore) -> None:
    three(store)
    assert [one.delivery_id for one in latest(store, state="dead")] == ["a2.hook"]
    assert [one.delivery_id for one in latest(store, recipient="desk")] == ["a3.desk", "a1.desk"]
    assert latest(store, recipient="desk", state="dead") == []
    assert latest(store, recipient="d%") == []
    assert [one.delivery_id for one in latest(store, limit=1)] == ["a3.desk"]


def test_a_delivery_names_all_that_it_carries_in_its_order(store: SqlStore) -> None:
    told: list[Alert] = [filed("z"), amended("y"), gap_opened("x")]
    planned(store, told, notification(*told), notification(told[2], recipient="hook"))
    with reading(store) as record:
        one = deliveries.one(record, "z.desk")
        other = deliveries.one(record, "x.hook")
    assert one is not None
    assert [(a.alert_id, a.topic, a.rule) for a in one.alerts] == [
        ("z", "filed", "all"),
        ("y", "amended", "all"),
        ("x", "gap_opened", "all"),
    ]
    assert [(a.case_id, a.docket_id) for a in one.alerts][::2] == [
        (CASE.case_id, DOCKET_ID),
        ("", ""),
    ]
    assert other is not None
    assert [a.alert_id for a in other.alerts] == ["x"]


def test_a_thousand_deliveries_carry_each_its_own(store: SqlStore) -> None:
    alerts = [filed(f"a{n:04}", f"e{n}") for n in range(1000)]
    planned(store, alerts, *map(notification, alerts))
    lines = latest(store)
    assert len(lines) == 1000
    assert all([f"{a.alert_id}.desk" for a in one.alerts] == [one.delivery_id] for one in lines)


def test_every_attempt_is_shown_as_it_went(store: SqlStore) -> None:
    three(store)
    with reading(store) as record:
        tries = deliveries.attempts(record, "a2.hook")
        assert deliveries.attempts(record, "a3.desk") == ()
        assert deliveries.one(record, "no-such.desk") is None
    assert [(one.result, one.detail) for one in tries] == [
        ("pending", "HTTP 503"),
        ("dead", "HTTP 410 <gone>\r\n"),
    ]
    assert [one.at for one in tries] == [NOON + MINUTE, NOON + 2 * HOUR]


def test_an_entry_names_every_delivery_that_tells_of_it(store: SqlStore) -> None:
    three(store)
    keep(store, entry("e1"), entry("e2"), entry("e3"))
    with reading(store) as record:
        told = {name: deliveries.of_entry(record, name) for name in ("e1", "e2", "e3")}
        shown = history.detail(record, "e1")
    assert [one.delivery_id for one in told["e1"]] == ["a1.desk", "a3.desk"]
    assert [one.delivery_id for one in told["e2"]] == ["a2.hook"]
    assert told["e3"] == ()
    assert shown.deliveries == told["e1"]


def test_who_refused_an_alert_and_why_is_kept_for_its_entry(store: SqlStore) -> None:
    planned(store, [filed("a1"), filed("a2", "e2")])
    hostile = "it takes <b>motions</b>\r\n\u202e"
    with store.begin() as unit:
        refused = [Refusal("motions", hostile), Refusal("press", "it takes stories")]
        unit.outbox.mark_routed(["a1"], {"a1": refused}, NOON)
    with reading(store) as record:
        found_ = deliveries.refusals_of_entry(record, "e1")
        assert deliveries.refusals_of_entry(record, "e2") == ()
        assert deliveries.alerts_about(record, "e2") == {"a2": "filed"}
    assert [(one.rule, one.reason) for one in found_] == [
        ("motions", hostile),
        ("press", "it takes stories"),
    ]


# --- sources ---


@pytest.fixture
def readings(store: SqlStore) -> Readings:
    found_ = Readings(store)
    found_.begin()
    return found_


def source_line(store: SqlStore, name: str, now: datetime) -> SourceLine:
    with reading(store) as record:
        (line,) = [one for one in sources_of.sources(record, now) if one.source_id == name]
    return line


def test_a_source_that_answers_is_reliable(readings: Readings) -> None:
    line = source_line(readings.store, "court", readings.now)
    assert (line.is_healthy, line.is_overdue, line.is_reliable) == (True, False, True)
    assert (line.covered_until, line.failures) == (line.last_good_at, 0)


def test_a_source_that_was_never_read_is_not_reliable(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.sources.put([source()], NOON)
    line = source_line(store, "court:dcd", NOON)
    assert (line.is_healthy, line.is_reliable, line.last_good_at) == (True, False, None)


def test_a_single_failure_makes_silence_worthless(readings: Readings) -> None:
    down: Any = SourceUnreachable("https://x", "HTTP 503\r\n<html>")
    conclude(readings, "court", down)
    line = source_line(readings.store, "court", readings.now)
    assert (line.is_healthy, line.is_reliable, line.failures) == (False, False, 1)
    assert line.last_error == "HTTP 503\r\n<html>"
    assert line.unhealthy_since is None
    readings.read("court")
    assert source_line(readings.store, "court", readings.now).is_reliable


def test_a_source_that_nobody_takes_up_is_overdue(readings: Readings) -> None:
    due = source_line(readings.store, "court", readings.now).next_due_at
    patient = source_line(readings.store, "court", due + 30 * MINUTE)
    late = source_line(readings.store, "court", due + 31 * MINUTE)
    assert (patient.is_overdue, patient.is_reliable) == (False, True)
    assert (late.is_overdue, late.is_healthy, late.is_reliable) == (True, True, False)


def test_a_source_that_sends_by_itself_is_never_overdue(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.sources.put([source("hook", WEBHOOK)], NOON)
    assert not source_line(store, "hook", NOON + 400 * DAY).is_overdue


def test_what_is_off_comes_last_and_claims_nothing(readings: Readings) -> None:
    with readings.store.begin() as unit:
        unit.sources.put([source("a-press", NEWS, court_id="")], NOON)
        unit.sources.disable_except(["court"])
    with reading(readings.store) as record:
        lines = sources_of.sources(record, NOON + DAY)
    assert [(one.source_id, one.enabled) for one in lines] == [
        ("court", True),
        ("a-press", False),
        ("cl", False),
    ]
    assert not lines[1].is_overdue


def test_what_could_not_be_read_is_counted_once(readings: Readings) -> None:
    lost = [Unreadable("court", f"<item>{n}", "no link") for n in range(3)]
    for _ in range(2):
        conclude(readings, "court", Reading(window=Window(), unreadable=tuple(lost), incomplete=2))
    line = source_line(readings.store, "court", readings.now)
    assert (line.unreadable, line.incomplete) == (3, 4)
    assert source_line(readings.store, "cl", readings.now).unreadable == 0


# --- watches ---


def test_watches_are_listed_with_their_captions_and_removed_ones_on_demand(
    store: SqlStore,
) -> None:
    others = [
        watch("gone", number="1:25-cv-00999", state=WatchState.REMOVED),
        watch("rests", number="1:25-cv-00998", state=WatchState.PAUSED),
    ]
    keep(store, watches=[watch(), *others])
    with reading(store) as record:
        lines = {one.watch_id: one for one in sources_of.watches(record)}
        every = {one.watch_id: one.state for one in sources_of.watches(record, with_removed=True)}
    assert {name: one.state for name, one in lines.items()} == {"w": "active", "rests": "paused"}
    assert (lines["w"].case_name, lines["rests"].case_name) == ("DOE et al v. ROE et al", "")
    assert every["gone"] == "removed"


def test_a_watch_names_the_sources_that_cover_it_and_no_other(store: SqlStore) -> None:
    keep(store, watches=[watch()])
    with store.begin() as unit:
        some = [
            source("court"),
            source("list", ENTRIES, docket_number=NUMBER),
            source("another-list", ENTRIES, docket_number="1:25-cv-00999"),
            source("another-court", court_id="mad"),
            source("press", NEWS, court_id=""),
            source("off", ENTRIES, docket_number=NUMBER, enabled=False),
        ]
        unit.sources.put(some, NOON)
    with reading(store) as record:
        shown = sources_of.watch(record, "w", NOON)
        with pytest.raises(UsageError, match="w"):
            sources_of.watch(record, "W ", NOON)
    assert [one.source_id for one in shown.sources] == ["court", "list"]
    assert shown.docket_number == NUMBER


# --- the quota ---


def report(store: SqlStore, now: datetime = NOON) -> QuotaReport:
    with reading(store) as record:
        return quota.report(record, now)


def test_before_anything_was_asked_the_whole_quota_is_there(store: SqlStore) -> None:
    said = report(store)
    assert [(one.rate, one.limit, one.used) for one in said.limits] == [
        (limit.rate, limit.limit, 0) for limit in FREE_ACCOUNT
    ]
    assert (said.blocked_until, said.waiting) == (None, ())
    assert set(said.spent) == set(said.planned) == {p.name.lower() for p in Priority}
    assert sum(said.spent.values()) == sum(said.planned.values()) == 0


def test_what_was_spent_is_counted_by_how_urgent_it_was(store: SqlStore) -> None:
    ages = [(Priority.TEXT, 30), (Priority.TEXT, 2 * 3600), (Priority.RECONCILE, 25 * 3600)]
    with store.begin() as unit:
        for priority, seconds in ages:
            unit.quota.record("cl", priority, NOON - timedelta(seconds=seconds))
    said = report(store)
    assert {name: count for name, count in said.spent.items() if count} == {"text": 2}
    assert [one.used for one in said.limits] == [1, 1, 2]


def test_what_is_planned_is_what_enabled_sources_and_look_ups_will_ask(store: SqlStore) -> None:
    listing = source("cl", ENTRIES, docket_number=NUMBER)
    some = [
        replace(listing, every=timedelta(hours=6)),
        replace(listing, source_id="off", enabled=False),
        replace(listing, source_id="slow", traits=APPEAL, every=timedelta(days=9)),
        source("court"),
    ]
    soon = LookUp(Purpose.TEXT, "cl", "e1", Priority.TEXT, NOON, NOON + MINUTE)
    later = replace(soon, subject="e2", priority=Priority.TEXT_AGAIN, next_at=NOON + 2 * DAY)
    with store.begin() as unit:
        unit.sources.put(some, NOON)
        (claim,) = claim_due(unit, NOON, 1, 60, ["court"])
        unit.save(
            PollOutcome(
                "court", claim.lease, NOON, claim.state, Consequences(look_ups=(later, soon))
            )
        )
    said = report(store)
    assert {name: count for name, count in said.planned.items() if count} == {
        "text": 1,
        "appeal": 1,
        "reconcile": 4,
    }
    assert said.waiting == (soon, later)


def test_what_the_server_says_goes_before_what_we_assume(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.sources.put([Source("cl", ENTRIES, "https://x", HOUR)], NOON)
        (claim,) = claim_due(unit, NOON, 1, 60, ["cl"])
        limits = (Limit("60/hour", 60, 3600, used=20, as_of=NOON),)
        until = NOON + 3 * MINUTE
        unit.save(
            PollOutcome("cl", claim.lease, NOON, claim.state, limits=limits, blocked_until=until)
        )
    said = report(store)
    (line,) = said.limits
    assert (line.rate, line.limit, line.used, line.as_of) == ("60/hour", 60, 20, NOON)
    assert line.for_fresh_texts == 60
    assert said.blocked_until == NOON + 3 * MINUTE
    assert report(store, NOON + 2 * HOUR).limits[0].used == 0
