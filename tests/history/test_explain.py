"""Why an entry was told, or was not: every entry that nobody heard of has its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from monitor.classify.kinds import RULES_VERSION
from monitor.dispatch import Dispatcher
from monitor.history import entries as history
from monitor.history import sources as watched
from monitor.history.answers import Explanation
from monitor.history.explain import explain
from monitor.history.record import reading
from monitor.model.delivery import Rule
from monitor.model.docket import EntryKind, Judgement
from monitor.model.reading import Reading
from monitor.model.source import Window
from monitor.model.watch import EVERYTHING, Watch, WatchState
from monitor.route.rules import leads_to
from monitor.store.database import SqlStore
from tests.contract.test_healing import NUMBER, SOURCES, WATCH, Readings, conclude, row, stub
from tests.feeds import NOON
from tests.history.test_paging import keep
from tests.make import MINUTE, docket, entry

ALL = Rule("everything", ("desk",))
MOTIONS = Rule("motions", ("desk",), kinds=("motion",))
NEWS = Rule("press", ("desk",), topics=("story", "lead"))
OTHERS = Rule("others", ("desk",), cases=("another-case",))
ORDERS = Rule("orders", ("clerk",), kinds=("order", "opinion"))


@pytest.fixture
def readings(store: SqlStore) -> Readings:
    found = Readings(store)
    found.begin()
    return found


def routed(readings: Readings, *rules: Rule) -> None:
    """What was found is led to whom it concerns, by these rules; nobody delivers it."""
    Dispatcher(readings.store, {}, rules, lambda: readings.now, lambda: 0.5).route()


def explained(
    store: SqlStore, rules: Sequence[Rule] = (ALL,), name: str = f"dcd/{NUMBER}#48"
) -> Explanation:
    with reading(store) as record:
        return explain(record, history.find(record, name), rules)


def files(readings: Readings, event: str = "Order") -> None:
    readings.read("court", stub(10, event, entry_number=48))


def set_state(readings: Readings, state: WatchState) -> None:
    with readings.store.begin() as unit:
        unit.watches.set_state(WATCH.watch_id, state)


# --- told ---


def test_an_order_that_was_told_needs_no_excuse(readings: Readings) -> None:
    files(readings)
    routed(readings, ALL)
    said = explained(readings.store)
    assert said.why_not_told == ()
    assert said.refusals == ()
    (delivery,) = said.deliveries
    assert (delivery.recipient, delivery.state) == ("desk", "pending")
    (carried,) = delivery.alerts
    assert (carried.topic, carried.kind, carried.rule) == ("filed", "order", "everything")
    assert [(w.watch_id, w.state) for w in said.watches] == [("w", "active")]


def test_whom_one_rule_passes_over_another_tells(readings: Readings) -> None:
    files(readings)
    rules = (MOTIONS, ORDERS, ALL)
    routed(readings, *rules)
    said = explained(readings.store, rules)
    assert {one.recipient for one in said.deliveries} == {"clerk", "desk"}
    assert {v.rule: bool(v.refused_because) for v in said.verdicts} == {
        "motions": True,
        "orders": False,
        "everything": False,
    }
    assert (said.refusals, said.why_not_told) == ((), ())


def test_an_amendment_is_told_beside_the_filing(readings: Readings) -> None:
    files(readings)
    routed(readings, ALL)
    readings.read("cl", row(9, "ORDER denying it", 10))
    routed(readings, ALL)
    said = explained(readings.store)
    topics = [alert.topic for delivery in said.deliveries for alert in delivery.alerts]
    assert topics == ["filed", "amended"]
    assert said.entry.ruling == "denied"
    assert said.why_not_told == ()


def test_a_filing_that_waits_for_its_text_is_on_its_way(readings: Readings) -> None:
    seen = stub(10, entry_number=48)
    conclude(readings, "court", Reading((seen,), window=Window()))
    routed(readings, ALL)
    said = explained(readings.store)
    (delivery,) = said.deliveries
    assert (delivery.state, delivery.hold) == ("pending", "text")
    assert delivery.send_after > readings.now
    assert said.why_not_told == ()


def test_an_alert_that_nobody_routed_yet_waits(readings: Readings) -> None:
    files(readings)
    said = explained(readings.store)
    assert said.deliveries == ()
    (reason,) = said.why_not_told
    assert "waits" in reason


# --- refused ---

REFUSED = {
    "of other kinds": ((MOTIONS,), ("order", "motion")),
    "of other topics": ((NEWS,), ("story", "filed")),
    "of other cases": ((OTHERS,), ("another-case",)),
    "by each for its own reason": ((MOTIONS, NEWS, OTHERS), ("order", "filed", "another-case")),
}


@pytest.mark.parametrize(("rules", "words"), REFUSED.values(), ids=REFUSED)
def test_an_order_that_no_rule_takes_says_why_each_refused_it(
    readings: Readings, rules: tuple[Rule, ...], words: tuple[str, ...]
) -> None:
    files(readings)
    routed(readings, *rules)
    said = explained(readings.store, rules)
    assert said.deliveries == ()
    assert {refusal.rule for refusal in said.refusals} == {rule.name for rule in rules}
    assert {refusal.topic for refusal in said.refusals} == {"filed"}
    because = " ".join(refusal.reason for refusal in said.refusals)
    assert all(word in because for word in words)
    assert all(verdict.refused_because for verdict in said.verdicts)
    (reason,) = said.why_not_told
    assert said.refusals[0].alert_id in reason


def test_a_filing_that_was_refused_and_an_amendment_that_was_told(readings: Readings) -> None:
    files(readings, "Notice")
    routed(readings, ORDERS)
    readings.read("cl", row(9, "ORDER denying it", 10))
    routed(readings, ORDERS)
    said = explained(readings.store, (ORDERS,))
    assert [a.topic for one in said.deliveries for a in one.alerts] == ["amended"]
    assert [refusal.topic for refusal in said.refusals] == ["filed"]
    (reason,) = said.why_not_told
    assert "filed" in reason


def test_rules_of_today_do_not_rewrite_what_was_refused(readings: Readings) -> None:
    files(readings)
    routed(readings, MOTIONS)
    said = explained(readings.store, (ALL,))
    assert [(v.rule, v.refused_because) for v in said.verdicts] == [("everything", "")]
    assert [refusal.rule for refusal in said.refusals] == ["motions"]
    assert len(said.why_not_told) == 1


def test_a_watch_that_leads_to_nobody_says_so_and_so_does_its_order(readings: Readings) -> None:
    rules = (MOTIONS, NEWS)
    with readings.store.begin() as unit:
        unit.watches.set_leads({"w": leads_to(WATCH.case_id, rules)})
    files(readings)
    routed(readings, *rules)
    said = explained(readings.store, rules)
    assert [verdict.rule for verdict in said.verdicts if verdict.refused_because] == [
        "motions",
        "press",
    ]
    assert len(said.why_not_told) == 1
    with reading(readings.store) as record:
        (line,) = watched.watches(record)
    assert line.leads_to == ()


# --- not told at all ---


def test_what_stood_there_when_the_watch_began_is_no_news(store: SqlStore) -> None:
    readings = Readings(store)
    begun = replace(WATCH, since=NOON + MINUTE)
    with store.begin() as unit:
        unit.sources.put(list(SOURCES.values()), NOON)
        unit.watches.put(begun)
    first = Reading((row(9, "ORDER denying it", 10, entry_number=48, published_at=NOON),))
    conclude(readings, "cl", replace(first, window=Window()), [begun])
    routed(readings, ALL)
    said = explained(store)
    assert [a.topic for one in said.deliveries for a in one.alerts] == ["now_watching"]
    assert said.refusals == ()
    (reason,) = said.why_not_told
    assert "no news" in reason


@pytest.mark.parametrize("state", [WatchState.PAUSED, WatchState.REMOVED])
def test_a_watch_that_rests_tells_nothing(readings: Readings, state: WatchState) -> None:
    set_state(readings, state)
    resting = replace(WATCH, state=state)
    conclude(readings, "court", Reading((stub(10, entry_number=48),), window=Window()), (resting,))
    routed(readings, ALL)
    said = explained(readings.store)
    assert [(w.watch_id, w.state) for w in said.watches] == [("w", state.value)]
    assert said.deliveries == ()
    (reason,) = said.why_not_told
    assert "watch" in reason


def test_an_entry_of_a_docket_that_nobody_ever_watched(store: SqlStore) -> None:
    keep(store, entry("e1", entry_number=48))
    said = explained(store)
    assert said.watches == ()
    assert len(said.why_not_told) == 1


def test_other_watches_do_not_count(store: SqlStore) -> None:
    others = [
        replace(WATCH, watch_id="number", docket_number="1:25-cv-00999"),
        replace(WATCH, watch_id="longer", docket_number="1:25-cv-004570"),
        replace(WATCH, watch_id="court", court_id="mad"),
        replace(WATCH, watch_id="courts", court_id="mad", docket_number=EVERYTHING),
    ]
    keep(store, entry("e1", entry_number=48), watches=others)
    assert explained(store).watches == ()


COVERING = {
    "its number": WATCH,
    "its number without the office": replace(WATCH, docket_number="25-cv-00457"),
    "every docket of the court": replace(WATCH, docket_number=EVERYTHING),
}


@pytest.mark.parametrize("covering", COVERING.values(), ids=COVERING)
def test_a_watch_is_named_by_whatever_it_covers_the_docket(
    store: SqlStore, covering: Watch
) -> None:
    keep(store, entry("e1", entry_number=48), watches=[covering])
    said = explained(store, (Rule("case", ("desk",), cases=(WATCH.case_id,)), OTHERS))
    assert [watch.watch_id for watch in said.watches] == ["w"]
    assert [bool(verdict.refused_because) for verdict in said.verdicts] == [False, True]


def test_a_watch_without_a_defendant_covers_every_one_of_them(store: SqlStore) -> None:
    on = docket("1:14-cr-10363-2")
    keep(
        store,
        entry("e1", docket_id=on.docket_id),
        dockets=[on],
        watches=[replace(WATCH, docket_number="1:14-cr-10363")],
    )
    assert [watch.watch_id for watch in explained(store, name="e1").watches] == ["w"]


# --- what it is thought to be ---


def test_the_judgement_says_by_which_words_and_by_which_rules(readings: Readings) -> None:
    readings.read("cl", row(9, "ORDER denying 7 Motion to Stay", entry_number=48))
    said = explained(readings.store)
    assert (said.entry.kind, said.entry.ruling) == ("order", "denied")
    assert "order" in said.kind_reason
    assert "denying" in said.ruling_reason
    assert (said.rules_version, said.current_rules_version) == (RULES_VERSION, RULES_VERSION)


def test_what_older_rules_said_is_not_shown_as_what_is_thought_now(store: SqlStore) -> None:
    old = Judgement(EntryKind.NOTICE, "an older rule", rules_version=RULES_VERSION - 1)
    keep(store, replace(entry("e1", "ORDER denying it"), judgement=old), are_judged=False)
    keep(store, entry("e2", "ORDER denying it"), are_judged=False)
    said = explained(store, name="e1")
    assert (said.entry.kind, said.rules_version) == ("order", RULES_VERSION - 1)
    assert explained(store, name="e2").rules_version == 0


def test_an_entry_that_was_another_one_is_explained_as_that(readings: Readings) -> None:
    readings.read("court", stub(10, entry_number=48))
    (filed,) = readings.read("cl", row(9, "SCHEDULE of the court"))
    readings.read("cl", row(9, "SCHEDULE of the court", 10))
    routed(readings, ALL)
    (younger,) = [one.entry_id for one in getattr(filed, "entries", ())]
    said = explained(readings.store, name=younger)
    assert said.entry.entry_id != younger
    assert said == explained(readings.store)
    assert said.why_not_told == ()
