"""What travels together to one recipient, what waits for more, and that nothing is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.alert import Alert, Amended, CaseRef, Filed, PaperAlert, SourceRef
from monitor.model.change import EntryRevised, EntryWithdrawn
from monitor.model.delivery import MOST_SINGLE, DeliveryState, Hold, Notification, Rule
from monitor.model.docket import EntryKind
from monitor.route.bundle import Bundling, bundle, recipient_part
from monitor.route.fold import fold
from monitor.route.rules import Routing, route
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.make import (
    GAP,
    HOUR,
    MINUTE,
    ORDER,
    amended,
    caught_up,
    every_ruled_alert,
    filed,
    gap_opened,
    notification,
    snapshot,
)

ALL = Rule("all", ("desk",))
GRACE = Bundling(grace=timedelta(seconds=90))
AT_ONCE = Bundling(grace=timedelta())
SOON = NOON + timedelta(seconds=30)
ROE = CaseRef("roe-v-doe", "Roe v. Doe")
CL = SourceRef("cl:entries:dcd/1:25-cv-00457", "CourtListener entries", "dcd")


def bundled(
    *alerts: Alert,
    held: Iterable[Notification] = (),
    carriers: Mapping[tuple[str, str], str] | None = None,
    bundling: Bundling = AT_ONCE,
    rules: Sequence[Rule] = (ALL,),
    now: datetime = NOON,
) -> list[Notification]:
    return bundle([route(alert, rules) for alert in alerts], held, carriers or {}, bundling, now)


def ids(one: Notification) -> list[str]:
    return [routed.alert.alert_id for routed in one.alerts]


def groups(notifications: Iterable[Notification]) -> list[list[str]]:
    return [ids(one) for one in notifications]


def of_kind(name: str, kind: EntryKind = EntryKind.ORDER, **more: Any) -> Filed:
    return filed(name, f"e-{name}", judgement=replace(ORDER, kind=kind), **more)


def orders(count: int, prefix: str = "f", **more: Any) -> list[Filed]:
    return [of_kind(f"{prefix}{place}", **more) for place in range(count)]


def textless(name: str = "a1", entry_id: str = "e1", **more: Any) -> Filed:
    """A filing of which only the event is known, and whose text is asked for."""
    return filed(name, entry_id, text_expected_until=NOON + MINUTE, **more)


def renamed(name: str = "a2", entry_id: str = "e1", **more: Any) -> Amended:
    """A change that brings no text."""
    change = EntryRevised(entry_id, "court:dcd", "event_names", "Order", "Order\nMemorandum")
    return amended(name, entry_id, entry=snapshot(entry_id), changes=(change,), **more)


def withdrawn(name: str = "a4", entry_id: str = "e1", **more: Any) -> Amended:
    """A change that no words of its filing can say."""
    return amended(name, entry_id, changes=(EntryWithdrawn(entry_id, "court:dcd"),), **more)


# --- one by one ---


def test_every_alert_alone_is_one_notification_of_itself() -> None:
    for alert in every_ruled_alert():
        [one] = bundled(alert)
        assert groups([one]) == [[alert.alert_id]]
        assert (one.recipient, one.rules, one.created_at) == ("desk", ("all",), NOON)


def test_without_an_outage_filings_are_told_each_by_itself() -> None:
    assert groups(bundled(*orders(20))) == [[f"f{place}"] for place in range(20)]


def test_a_docket_that_comes_in_whole_is_one_notification_with_the_acts_first() -> None:
    papers = [
        filed(f"p{n}", f"p{n}", judgement=replace(ORDER, kind=EntryKind.NOTICE)) for n in range(30)
    ]
    (told,) = groups(bundled(*papers, *orders(3)))
    assert told[:3] == ["f0", "f1", "f2"]
    assert len(told) == 33


def test_each_recipient_gets_a_notification_of_his_own_and_the_rule_that_led_to_him() -> None:
    rules = [Rule("orders", ("hook",), kinds=("order",)), Rule("all", ("desk", "hook"))]
    told = bundled(filed(), rules=rules)
    assert {(one.recipient, one.rules, one.delivery_id) for one in told} == {
        ("desk", ("all",), "a1.desk"),
        ("hook", ("orders",), "a1.hook"),
    }


def test_what_nobody_takes_makes_no_notification() -> None:
    assert bundled(filed(), rules=[Rule("m", ("desk",), kinds=("motion",))]) == []
    assert bundled() == []


NAMES = {
    "desk": "desk",
    "Desk": "desk",
    "desk@example.org": "desk-example-org",
    "a b\r\nc/d": "a-b--c-d",
    "\u202ex": "-x",
}


@pytest.mark.parametrize(("name", "part"), NAMES.items())
def test_a_recipients_name_is_no_danger_in_an_id(name: str, part: str) -> None:
    assert recipient_part(name) == part


# --- floods ---


def test_few_filings_after_an_outage_are_told_each_with_the_verdict_by_itself() -> None:
    told = bundled(*orders(MOST_SINGLE), caught_up("v"))
    assert groups(told) == [*([f"f{n}"] for n in range(MOST_SINGLE)), ["v"]]


def test_many_filings_after_an_outage_come_in_one_with_the_verdict_last() -> None:
    told = bundled(caught_up("v"), *orders(MOST_SINGLE + 1))
    assert groups(told) == [[*(f"f{n}" for n in range(MOST_SINGLE + 1)), "v"]]


def test_in_a_bundle_the_courts_acts_come_first_then_appeals_then_the_rest_as_they_came() -> None:
    came = {
        "motion": EntryKind.MOTION,
        "appeal": EntryKind.NOTICE_OF_APPEAL,
        "order1": EntryKind.ORDER,
        "notice": EntryKind.NOTICE,
        "record": EntryKind.APPEAL_RELATED,
        "opinion": EntryKind.OPINION,
        "order2": EntryKind.ORDER,
        "judgment": EntryKind.JUDGMENT,
    }
    [one] = bundled(*(of_kind(name, kind) for name, kind in came.items()), caught_up("v"))
    assert ids(one) == [
        "judgment", "opinion", "order1", "order2", "appeal", "record", "motion", "notice", "v",
    ]  # fmt: skip


def test_a_filing_that_turned_out_to_be_an_order_stands_with_the_orders() -> None:
    notices = [of_kind(f"n{n}", EntryKind.NOTICE) for n in range(6)]
    change = amended("x", "e-n5", judgement=ORDER)
    [one] = bundled(*notices, change, caught_up("v"))
    assert ids(one) == ["n5", "x", "n0", "n1", "n2", "n3", "n4", "v"]


def test_only_filings_count_toward_a_flood_and_changes_of_one_filing_count_once() -> None:
    changes = [renamed(f"c{n}", "e-f0") for n in range(9)]
    told = groups(bundled(*orders(MOST_SINGLE), *changes, caught_up("v")))
    assert ["f0", *(f"c{n}" for n in range(9))] in told
    assert ["v"] in told


def test_changes_of_many_known_filings_are_a_flood_as_well() -> None:
    changes = [amended(f"c{n}", f"e{n}", created_at=NOON) for n in range(MOST_SINGLE + 1)]
    [one] = bundled(*changes, caught_up("v"), bundling=GRACE)
    assert ids(one)[-1] == "v"
    assert one.hold is Hold.NONE


def test_the_first_reading_and_appeals_are_no_part_of_a_flood() -> None:
    found = every_ruled_alert()
    others = [one for one in found if one.alert_id[0] in "bc" and one.topic != "document_available"]
    told = groups(bundled(*others, *orders(9), caught_up("v")))
    assert sorted(told)[: len(others)] == sorted([alert.alert_id] for alert in others)
    assert [len(one) for one in told if "v" in one] == [10]


def test_the_filings_of_one_outage_are_not_mixed_with_those_of_another_source() -> None:
    told = bundled(
        *orders(6), *orders(7, "g", source=CL), caught_up("v"), caught_up("w", source=CL)
    )
    assert [(one[0], one[-1], len(one)) for one in groups(told)] == [("f0", "v", 7), ("g0", "w", 8)]


def test_the_filings_of_a_later_reading_are_not_part_of_the_outage() -> None:
    later = orders(2, "g", created_at=NOON + MINUTE)
    told = groups(bundled(*orders(6), *later, caught_up("v"), now=NOON + MINUTE))
    assert told == [[*(f"f{n}" for n in range(6)), "v"], ["g0"], ["g1"]]


def test_an_outage_that_several_cases_share_is_one_bundle_with_a_verdict_for_each() -> None:
    theirs = [of_kind(f"r{n}", EntryKind.MOTION, case=ROE) for n in range(3)]
    verdicts = [caught_up("v"), caught_up("w", case=ROE)]
    [one] = bundled(*verdicts, *theirs, *orders(3))
    assert ids(one) == ["f0", "f1", "f2", "r0", "r1", "r2", "v", "w"]


def test_whoever_hears_of_one_case_only_gets_its_filings_and_its_verdict() -> None:
    rules = [Rule("roe", ("ann",), cases=("roe-v-doe",)), Rule("all", ("bob",))]
    theirs = [of_kind(f"r{n}", case=ROE) for n in range(3)]
    verdicts = [caught_up("v"), caught_up("w", case=ROE)]
    told = bundled(*verdicts, *theirs, *orders(3), rules=rules)
    by_name = {name: groups(n for n in told if n.recipient == name) for name in ("ann", "bob")}
    assert by_name["ann"] == [["w"], ["r0"], ["r1"], ["r2"]]
    assert [len(one) for one in by_name["bob"]] == [8]


def test_a_receiver_that_takes_one_at_a_time_gets_each_filing_of_a_flood() -> None:
    singles = Bundling(timedelta(), frozenset({"desk"}))
    told = bundled(*orders(9), caught_up("v"), bundling=singles)
    assert groups(told) == [*([f"f{n}"] for n in range(9)), ["v"]]


def test_a_receiver_that_takes_one_at_a_time_is_told_of_a_withdrawal_by_itself() -> None:
    singles = Bundling(GRACE.grace, frozenset({"desk"}))
    assert groups(bundled(filed(), withdrawn(), bundling=singles)) == [["a1"], ["a4"]]
    held = bundled(textless(), bundling=singles)
    assert groups(bundled(withdrawn(), held=held, bundling=singles, now=SOON)) == [["a4"]]
    assert groups(bundled(amended(), held=held, bundling=singles, now=SOON)) == [["a1", "a2"]]


def test_a_flood_is_held_for_nothing() -> None:
    stubs = [textless(f"s{n}", f"e{n}") for n in range(9)]
    [one] = bundled(*stubs, caught_up("v"), bundling=GRACE)
    assert (one.hold, one.send_after) == (Hold.NONE, NOON)


# --- the verdict and the gap ---


@pytest.mark.parametrize("order", [("g", "v"), ("v", "g")])
def test_the_verdict_and_the_gap_of_one_outage_are_one_and_the_verdict_speaks(
    order: Sequence[str],
) -> None:
    said: dict[str, Alert] = {"g": gap_opened("g"), "v": caught_up("v", gap=GAP)}
    assert groups(bundled(*(said[name] for name in order))) == [["v", "g"]]


def test_a_flood_that_leaves_a_gap_ends_with_the_verdict_and_the_gap() -> None:
    [one] = bundled(gap_opened("g"), *orders(6), caught_up("v", gap=GAP))
    assert ids(one)[-2:] == ["v", "g"]


def test_a_gap_of_another_source_or_reading_stands_by_itself() -> None:
    other, later = gap_opened("g", source=CL), gap_opened("h", created_at=NOON + MINUTE)
    told = groups(bundled(other, later, caught_up("v", gap=GAP), now=NOON + MINUTE))
    assert sorted(told) == [["g"], ["h"], ["v"]]


def test_one_gap_and_the_verdicts_of_two_cases_are_each_told_once() -> None:
    told = bundled(gap_opened("g"), caught_up("v", gap=GAP), caught_up("w", case=ROE, gap=GAP))
    assert sorted(name for group in groups(told) for name in group) == ["g", "v", "w"]
    assert len(told) == 2


# --- amendments ---


def test_a_change_travels_with_the_filing_that_was_not_told_yet() -> None:
    assert groups(bundled(filed(), amended(), renamed("a3"))) == [["a1", "a2", "a3"]]


APART = {
    "another entry": amended("x", "e2"),
    "the same entry in another case": amended("x", case=ROE),
}


@pytest.mark.parametrize("other", APART.values(), ids=APART)
def test_a_change_of_something_else_goes_by_itself(other: Amended) -> None:
    assert groups(bundled(filed(), other)) == [["a1"], ["x"]]
    assert groups(bundled(other, held=bundled(textless(), bundling=GRACE))) == [["x"]]


def test_a_change_on_any_docket_of_a_filing_travels_with_it() -> None:
    both = filed(entries=(snapshot("e1"), snapshot("e2")))
    assert groups(bundled(both, amended("x", "e2"), amended("y", "e1"))) == [["a1", "x", "y"]]


def test_the_changes_of_a_filing_that_was_told_are_one_notification_which_answers_it() -> None:
    carriers = {("desk", "a1"): "a1.desk", ("hook", "a1"): "a1.hook"}
    [one] = bundled(amended(), renamed("a3"), carriers=carriers)
    assert (ids(one), one.answers) == (["a2", "a3"], "a1.desk")


def test_a_change_answers_what_its_own_recipient_was_sent_and_nobody_elses() -> None:
    rules = [Rule("all", ("ann", "bob", "cy"))]
    carriers = {("ann", "a1"): "flood.ann", ("bob", "a1"): "a1.bob"}
    told = {
        one.recipient: one.answers for one in bundled(amended(), carriers=carriers, rules=rules)
    }
    assert told == {"ann": "flood.ann", "bob": "a1.bob", "cy": ""}


def test_a_change_of_what_stood_there_before_the_watch_answers_nothing() -> None:
    [one] = bundled(amended(amends=""), carriers={("desk", "a1"): "a1.desk"})
    assert one.answers == ""


def test_a_filing_answers_nothing() -> None:
    [one] = bundled(filed(), carriers={("desk", "a1"): "a1.desk"})
    assert one.answers == ""


# --- holds ---


def test_a_filing_whose_text_is_on_its_way_waits_for_it() -> None:
    [one] = bundled(textless(), bundling=GRACE)
    assert (one.hold, one.send_after) == (Hold.TEXT, NOON + MINUTE)


def test_it_waits_no_longer_than_the_grace() -> None:
    [one] = bundled(textless(), bundling=Bundling(grace=timedelta(seconds=20)))
    assert (one.hold, one.send_after) == (Hold.TEXT, NOON + timedelta(seconds=20))


def test_a_change_waits_for_further_ones() -> None:
    [one] = bundled(amended(created_at=NOON), bundling=GRACE)
    assert (one.hold, one.send_after) == (Hold.AMENDMENTS, NOON + timedelta(seconds=90))


WAITING: Mapping[str, Alert] = {"filing": textless(), "change": amended(created_at=NOON)}


@pytest.mark.parametrize("alert", WAITING.values(), ids=WAITING)
def test_without_grace_and_when_its_time_is_over_nothing_waits(alert: Alert) -> None:
    for bundling, now in ((AT_ONCE, NOON), (GRACE, NOON + HOUR)):
        [one] = bundled(alert, bundling=bundling, now=now)
        assert (one.hold, one.send_after) == (Hold.NONE, now)


def test_nothing_else_ever_waits() -> None:
    told = [
        filed(),
        *(alert for alert in every_ruled_alert() if alert.topic not in {"filed", "amended"}),
    ]
    for alert in told:
        [one] = bundled(alert, bundling=GRACE)
        assert (one.hold, one.send_after) == (Hold.NONE, NOON)


def test_the_text_joins_the_filing_that_waits_for_it_and_sends_it() -> None:
    held = bundled(textless(), bundling=GRACE)
    [one] = bundled(amended(), held=held, bundling=GRACE, now=SOON)
    assert groups([one]) == [["a1", "a2"]]
    assert (one.delivery_id, one.created_at) == ("a1.desk", NOON)
    assert (one.hold, one.send_after) == (Hold.NONE, SOON)


def test_a_change_without_the_text_joins_the_filing_and_lets_it_wait_as_it_did() -> None:
    [before] = bundled(textless(), bundling=GRACE)
    [one] = bundled(renamed(), held=[before], bundling=GRACE, now=SOON)
    assert ids(one) == ["a1", "a2"]
    assert (one.hold, one.send_after) == (before.hold, before.send_after)


def test_the_text_and_a_later_change_of_one_reading_both_join() -> None:
    held = bundled(textless(), bundling=GRACE)
    told = bundled(amended(), renamed("a3"), held=held, bundling=GRACE, now=SOON)
    assert groups(told) == [["a1", "a2", "a3"]]


def test_changes_that_join_changes_put_nothing_off() -> None:
    [one] = bundled(amended("c0", created_at=NOON), bundling=GRACE)
    until = one.send_after
    for seconds in (30, 60, 89):
        at = NOON + timedelta(seconds=seconds)
        change = renamed(f"c{seconds}", created_at=at)
        [one] = bundled(change, held=[one], bundling=GRACE, now=at)
    assert ids(one) == ["c0", "c30", "c60", "c89"]
    assert (one.delivery_id, one.hold, one.send_after) == ("c0.desk", Hold.AMENDMENTS, until)


def test_a_change_joins_only_what_waits_for_the_same_recipient() -> None:
    rules = [Rule("all", ("ann", "bob"))]
    held = [
        one for one in bundled(textless(), bundling=GRACE, rules=rules) if one.recipient == "ann"
    ]
    told = bundled(amended(), held=held, rules=rules, now=SOON)
    assert {(one.recipient, tuple(ids(one))) for one in told} == {
        ("ann", ("a1", "a2")),
        ("bob", ("a2",)),
    }


def test_what_waits_and_gains_nothing_is_left_as_it_is() -> None:
    held = bundled(textless(), bundling=GRACE)
    assert groups(bundled(of_kind("x"), held=held, now=SOON)) == [["x"]]


def test_new_filings_and_silence_never_join_what_waits() -> None:
    held = [*bundled(textless(), bundling=GRACE), *bundled(amended("y", "e9"), bundling=GRACE)]
    told = bundled(filed("z", "e9"), caught_up("v"), gap_opened("g"), held=held, now=SOON)
    assert groups(told) == [["z"], ["v", "g"]]


def test_what_somebody_has_begun_to_send_is_held_no_more_and_keeps_what_it_carries(
    store: SqlStore,
) -> None:
    [waiting] = bundled(textless(), bundling=GRACE)
    at = waiting.send_after
    with store.begin() as unit:
        unit.outbox.add([textless(), amended()])
        unit.outbox.plan([waiting], NOON)
        assert groups(unit.outbox.held(["desk"], SOON)) == [["a1"]]
        assert unit.outbox.held(["hook"], SOON) == []
        assert unit.outbox.claim("desk", SOON, 60) is None
        taken = unit.outbox.claim("desk", at, 60)
        assert taken is not None
        assert unit.outbox.held(["desk"], SOON) == []
        carriers = unit.outbox.carriers(["a1"])
        [late] = bundled(amended(), held=unit.outbox.held(["desk"], at), carriers=carriers, now=at)
        unit.outbox.plan([late], at)
        unit.outbox.settle(replace(taken, state=DeliveryState.SENT, attempts=1), at)
    assert (ids(taken.notification), ids(late), late.answers) == (["a1"], ["a2"], "a1.desk")


def test_what_joined_and_what_was_let_go_is_due_at_once(store: SqlStore) -> None:
    first, second = bundled(textless(), textless("b1", "e7"), bundling=GRACE)
    with store.begin() as unit:
        unit.outbox.add([textless(), textless("b1", "e7"), amended()])
        unit.outbox.plan([first, second], NOON)
    with store.begin() as unit:
        held = unit.outbox.held(["desk"], SOON)
        unit.outbox.plan(bundled(amended(), held=held, bundling=GRACE, now=SOON), SOON)
        joined = unit.outbox.claim("desk", SOON, 60)
        assert joined is not None
        assert ids(joined.notification) == ["a1", "a2"]
        assert unit.outbox.claim("desk", SOON, 60) is None
        unit.outbox.release(["e7"], SOON)
        freed = unit.outbox.claim("desk", SOON, 60)
        assert freed is not None
        assert ids(freed.notification) == ["b1"]


# --- laws ---

RECIPIENTS = ("ann", "bob", "cy")
MOMENTS = st.integers(-3, 0).map(lambda minutes: NOON + minutes * MINUTE)
ENTRY_IDS = st.sampled_from([f"e{n}" for n in range(8)])
SHARED = {
    "created_at": MOMENTS,
    "source": st.sampled_from([filed().source, CL]),
    "case": st.sampled_from([filed().case, ROE]),
}
JUDGEMENTS = st.sampled_from(EntryKind).map(lambda kind: replace(ORDER, kind=kind))
ONE_ALERT: st.SearchStrategy[Alert] = st.one_of(
    st.builds(filed, entry_id=ENTRY_IDS, judgement=JUDGEMENTS, **SHARED),
    st.builds(
        filed,
        entry_id=ENTRY_IDS,
        text_expected_until=st.sampled_from([None, NOON - MINUTE, NOON + MINUTE]),
        **SHARED,
    ),
    st.builds(amended, entry_id=ENTRY_IDS, judgement=JUDGEMENTS, **SHARED),
    st.builds(renamed, entry_id=ENTRY_IDS, **SHARED),
    st.builds(withdrawn, entry_id=ENTRY_IDS, **SHARED),
    st.builds(caught_up, gap=st.sampled_from([None, GAP]), **SHARED),
    st.builds(gap_opened, created_at=SHARED["created_at"], source=SHARED["source"]),
    st.sampled_from(every_ruled_alert()),
)


def _numbered(alerts: Sequence[Alert]) -> list[Alert]:
    return [replace(alert, alert_id=f"n{place}") for place, alert in enumerate(alerts)]


MANY = st.lists(ONE_ALERT, max_size=30).map(_numbered)
RULES = st.lists(
    st.builds(
        Rule,
        name=st.sampled_from(["r1", "r2", "r3"]),
        to=st.lists(st.sampled_from(RECIPIENTS), max_size=3).map(tuple),
        cases=st.sampled_from([(), ("ctr-v-irs",), ("roe-v-doe",)]),
        kinds=st.sampled_from([(), ("order",), ("motion", "opinion", "notice")]),
        topics=st.sampled_from([(), ("filed",), ("amended", "gap_opened"), ("caught_up",)]),
    ),
    max_size=4,
)
BUNDLINGS = st.builds(
    Bundling,
    grace=st.sampled_from([timedelta(), timedelta(seconds=90), 3 * MINUTE]),
    singles=st.frozensets(st.sampled_from(RECIPIENTS)),
)


def pairs(routings: Iterable[Routing]) -> Counter[tuple[str, str, str]]:
    """(alert, recipient, rule) as rules led it."""
    return Counter(
        (routing.alert.alert_id, recipient, name)
        for routing in routings
        for recipient, name in routing.recipients.items()
    )


def carried(notifications: Iterable[Notification]) -> Counter[tuple[str, str, str]]:
    """(alert, recipient, rule) as notifications carry it."""
    return Counter(
        (routed.alert.alert_id, one.recipient, routed.rule)
        for one in notifications
        for routed in one.alerts
    )


def is_one_document(one: Notification) -> bool:
    """Whether a receiver that takes one alert at a time is told all of it."""
    return len(fold(routed.alert for routed in one.alerts)) == 1


@given(MANY, RULES, BUNDLINGS)
def test_whatever_is_led_to_somebody_stands_in_exactly_one_notification(
    alerts: list[Alert], rules: list[Rule], bundling: Bundling
) -> None:
    told = bundled(*alerts, rules=rules, bundling=bundling)
    assert carried(told) == pairs(route(alert, rules) for alert in alerts)
    assert all(one.alerts for one in told)
    assert len({one.delivery_id for one in told}) == len(told)
    assert all(is_one_document(one) for one in told if one.recipient in bundling.singles)


@given(MANY, RULES, BUNDLINGS, st.integers(0, 30), st.integers(0, 120))
def test_the_same_holds_where_some_of_it_waited(
    alerts: list[Alert], rules: list[Rule], bundling: Bundling, cut: int, seconds: int
) -> None:
    later = NOON + timedelta(seconds=seconds)
    first = bundled(*alerts[:cut], rules=rules, bundling=bundling)
    planned = {one.delivery_id: one for one in first}
    held = [one for one in first if one.hold is not Hold.NONE and one.send_after > later]
    second = bundled(*alerts[cut:], held=held, rules=rules, bundling=bundling, now=later)
    for one in second:
        before = planned.get(one.delivery_id, one)
        assert before is one or before in held
        assert one.alerts[: len(before.alerts)] == before.alerts
        assert one.send_after <= max(before.send_after, later)
        assert one.recipient not in bundling.singles or is_one_document(one)
        planned[one.delivery_id] = one
    assert carried(planned.values()) == pairs(route(alert, rules) for alert in alerts)


@given(MANY, BUNDLINGS)
def test_nothing_waits_longer_than_the_grace_or_for_a_text_that_will_not_come(
    alerts: list[Alert], bundling: Bundling
) -> None:
    now = NOON + MINUTE
    for one in bundled(*alerts, bundling=bundling, now=now):
        first = one.alerts[0].alert
        assert now <= one.send_after <= now + bundling.grace
        assert (one.hold is Hold.NONE) == (one.send_after == now)
        if one.hold is Hold.TEXT:
            assert isinstance(first, Filed)
            assert first.text_expected_until is not None
            assert one.send_after <= first.text_expected_until


@given(MANY, BUNDLINGS)
def test_in_every_notification_filings_come_first_and_what_is_said_of_silence_last(
    alerts: list[Alert], bundling: Bundling
) -> None:
    for one in bundled(*alerts, bundling=bundling):
        are_filings = [isinstance(routed.alert, PaperAlert) for routed in one.alerts]
        assert are_filings == sorted(are_filings, reverse=True)


@given(MANY, RULES)
def test_what_one_recipient_is_told_does_not_depend_on_the_others(
    alerts: list[Alert], rules: list[Rule]
) -> None:
    together = bundled(*alerts, rules=rules, bundling=GRACE)
    routings = [route(alert, rules) for alert in alerts]
    for name in RECIPIENTS:
        own = [
            replace(one, leads={k: v for k, v in one.leads.items() if k == name})
            for one in routings
        ]
        alone = bundle(own, [], {}, GRACE, NOON)
        assert alone == [one for one in together if one.recipient == name]


def test_a_thousand_filings_after_an_outage_are_one_bundle() -> None:
    [one] = bundled(*orders(1_000), caught_up("v"))
    assert len(one.alerts) == 1_001
    assert len(set(ids(one))) == 1_001


def test_planning_the_same_again_makes_the_same_ids() -> None:
    alerts: list[Alert] = [*orders(7), caught_up("v", gap=GAP), gap_opened("g")]
    alerts.append(amended("x", "e99"))
    again = bundled(*alerts, now=NOON + MINUTE)
    assert [one.delivery_id for one in again] == [one.delivery_id for one in bundled(*alerts)]
    assert notification(alerts[0]).delivery_id == "f0.desk" == again[0].delivery_id
