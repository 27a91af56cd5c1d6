"""Which rule takes which alert, why one refuses, and what the rules do for a case."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from types import UnionType
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.alert import Alert, CaseRef, WatchedDocket
from monitor.model.delivery import Rule
from monitor.model.docket import COURT_ACTS, EntryKind
from monitor.route.conditions import why_refused
from monitor.route.rules import (
    TOPIC_GROUPS,
    TOPICS,
    leads_to,
    needed_rule,
    refused_filing,
    route,
    unheard_acts,
)
from monitor.settings.load import Settings, load_settings
from monitor.settings.problems import ConfigProblems
from monitor.settings.schema import MonitorConfig
from monitor.settings.telling import make_bundling, make_rules, unled
from tests.make import DOCKET, ORDER, WATCHED, amended, every_ruled_alert, filed, gap_opened

#: One alert of each topic; its case is `ctr-v-irs`, and filings are orders.
SAMPLES: Mapping[str, Alert] = {alert.topic: alert for alert in every_ruled_alert()}
#: What concerns the monitor itself, and so nobody's case.
OWN = {"delivery_given_up", "clock_set_back", "test"}
NEWS = {"story", "lead"}
FILINGS = {"filed", "amended", "document_available"}
SILENCE = {topic for group in ("away", "gap", "health") for topic in TOPIC_GROUPS[group]}
ACTS = sorted(kind.value for kind in COURT_ACTS)


def rule(name: str = "r", *to: str, **limits: Any) -> Rule:
    return Rule(name, to or ("desk",), **limits)


def taken(**limits: Any) -> set[str]:
    """The topics of the samples that a rule with these limits takes."""
    one = rule(**limits)
    return {topic for topic, alert in SAMPLES.items() if "desk" in route(alert, [one]).recipients}


# --- topics ---


def _topics_of(alert: object) -> set[str]:
    """The topics of a union of alerts, whatever unions it is made of."""
    if isinstance(alert, UnionType):
        return {topic for one in get_args(alert) for topic in _topics_of(one)}
    assert isinstance(alert, type)
    return {str(one.default) for one in fields(alert) if one.name == "topic"}


def test_a_rule_can_name_every_topic_that_an_alert_bears_and_no_other() -> None:
    assert set(TOPICS) == _topics_of(Alert) - {"briefing", "silenced"} == set(SAMPLES)
    assert len(TOPICS) == len(set(TOPICS))


def test_a_group_is_told_apart_from_a_topic_and_names_topics_only() -> None:
    assert not set(TOPIC_GROUPS) & set(TOPICS)
    assert {topic for group in TOPIC_GROUPS.values() for topic in group} <= set(TOPICS)
    assert set(TOPIC_GROUPS) <= set(GROUPS)


def test_a_rule_without_limits_takes_everything() -> None:
    assert taken() == set(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_rule_takes_the_topic_that_it_names(topic: str) -> None:
    # Whoever hears of filings hears what an outage was worth, or its silence proves nothing.
    with_it = SILENCE if topic == "filed" else set()
    assert {topic} <= taken(topics=(topic,)) <= {topic} | with_it


# --- cases ---


@pytest.mark.parametrize("topic", TOPICS)
def test_a_rule_of_a_case_takes_whatever_concerns_it(topic: str) -> None:
    assert topic in taken(cases=("ctr-v-irs",))
    assert topic in taken(cases=("roe-v-doe", "ctr-v-irs"))


@pytest.mark.parametrize("topic", TOPICS)
def test_a_rule_of_another_case_takes_what_concerns_the_monitor_only(topic: str) -> None:
    assert (topic in taken(cases=("roe-v-doe",))) is (topic in OWN)


def test_a_case_whose_name_begins_alike_is_another_case() -> None:
    assert taken(cases=("ctr-v-irs-2", "ctr", "CTR-V-IRS", "")) == OWN


def test_a_gap_that_concerns_several_cases_is_told_to_whoever_hears_of_one() -> None:
    roe = WatchedDocket(CaseRef("roe-v-doe", "Roe v. Doe"), replace(DOCKET, docket_number="2"))
    gap = gap_opened(dockets=(WATCHED, roe))
    rules = [rule("a", "ann", cases=("ctr-v-irs",)), rule("b", "bob", cases=("roe-v-doe",))]
    assert route(gap, [*rules, rule("c", "cy", cases=("x-v-y",))]).recipients == {
        "ann": "a",
        "bob": "b",
    }


# --- kinds ---


def test_a_rule_of_the_kind_takes_filings_and_all_that_is_said_of_silence() -> None:
    assert taken(kinds=("order",)) == set(TOPICS) - NEWS - {"docket_changed"}


def test_a_rule_of_another_kind_hears_of_gaps_and_appeals_but_of_no_order() -> None:
    assert taken(kinds=("motion", "brief_or_memorandum")) == (
        set(TOPICS) - NEWS - FILINGS - {"docket_changed"}
    )


@pytest.mark.parametrize("topic", sorted({"docket_changed", *NEWS}))
def test_what_has_no_kind_is_taken_where_a_rule_names_kinds_and_its_topic(topic: str) -> None:
    assert topic in taken(kinds=("motion",), topics=(topic,))
    assert topic not in taken(kinds=("motion",), topics=("filed", "test"))


@pytest.mark.parametrize("kind", EntryKind)
def test_a_filing_of_each_kind_is_taken_by_the_rule_of_its_kind_alone(kind: EntryKind) -> None:
    judgement = replace(ORDER, kind=kind)
    rules = [rule(one.value, one.value, kinds=(one.value,)) for one in EntryKind]
    assert route(filed(judgement=judgement), rules).recipients == {kind.value: kind.value}


def test_a_filing_that_turned_out_to_be_an_order_is_told_to_whoever_asks_for_orders() -> None:
    assert route(amended(judgement=ORDER), [rule(kinds=("order",))]).recipients == {"desk": "r"}


def test_all_limits_of_a_rule_hold_at_once() -> None:
    limits: dict[str, Any] = {"cases": ("ctr-v-irs",), "kinds": ("order",), "topics": ("filed",)}
    assert {"filed", "caught_up"} <= taken(**limits) <= {"filed"} | SILENCE
    for other in ({"cases": ("roe-v-doe",)}, {"kinds": ("motion",)}, {"topics": ("amended",)}):
        assert "filed" not in taken(**{**limits, **other})


# --- several rules ---


def test_several_rules_tell_one_recipient_once_and_the_first_of_them_is_named() -> None:
    rules = [
        rule("motions", "desk", kinds=("motion",)),
        rule("orders", "desk", "hook", kinds=("order",)),
        rule("all", "hook", "desk", "desk", "ann"),
    ]
    assert route(filed(), rules).recipients == {"desk": "orders", "hook": "orders", "ann": "all"}


def test_a_rule_that_refuses_takes_nothing_from_another_that_does_not() -> None:
    rules = [rule("other", "ann", cases=("roe-v-doe",)), rule("all", "desk")]
    for alert in every_ruled_alert():
        assert route(alert, rules).recipients["desk"] in {"all", "other"}


def test_what_somebody_takes_has_no_refusals() -> None:
    assert route(filed(), [rule("m", kinds=("motion",)), rule("all")]).refusals == ()


# --- refusals ---

REFUSED: Mapping[str, tuple[Rule, Sequence[str]]] = {
    "another case": (rule(cases=("roe-v-doe", "x-v-y")), ("roe-v-doe", "x-v-y")),
    "another kind": (rule(kinds=("motion", "notice")), ("motion", "notice", "order")),
    "another topic": (rule(topics=("amended", "story")), ("amended", "story", "filed")),
    "topic before case": (rule(topics=("lead",), cases=("roe-v-doe",)), ("lead", "filed")),
    "hostile words": (rule(cases=("<b>\r\nBcc: x\u202e",)), ("<b>\r\nBcc: x\u202e",)),
}


@pytest.mark.parametrize(("refusing", "words"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_names_its_rule_and_what_that_takes(refusing: Rule, words: Sequence[str]) -> None:
    [refusal] = route(filed(), [refusing]).refusals
    assert refusal.rule == refusing.name
    assert all(word in refusal.reason for word in words)


def test_where_nobody_takes_it_each_rule_says_why_in_their_order() -> None:
    rules = [rule("k", kinds=("motion",)), rule("c", cases=("x-v-y",)), rule("t", topics=("lead",))]
    refusals = route(filed(), rules).refusals
    assert [refusal.rule for refusal in refusals] == ["k", "c", "t"]
    assert len({refusal.reason for refusal in refusals}) == 3


def test_where_there_is_no_rule_nobody_is_told_and_nobody_refused() -> None:
    for alert in every_ruled_alert():
        routing = route(alert, [])
        assert (routing.alert, dict(routing.recipients), routing.refusals) == (alert, {}, ())


CASE_IDS = st.sampled_from(["ctr-v-irs", "roe-v-doe", "x-v-y"])
RULES = st.builds(
    Rule,
    name=st.just("r"),
    to=st.just(("desk",)),
    cases=st.lists(CASE_IDS, max_size=2).map(tuple),
    kinds=st.lists(st.sampled_from([kind.value for kind in EntryKind]), max_size=3).map(tuple),
    topics=st.lists(st.sampled_from(TOPICS), max_size=3).map(tuple),
)


@given(
    RULES, CASE_IDS, st.sampled_from(EntryKind), st.lists(st.sampled_from(EntryKind), max_size=1)
)
def test_the_explanation_of_an_entry_says_what_routing_does(
    one: Rule, case_id: str, kind: EntryKind, besides: list[EntryKind]
) -> None:
    judgement = replace(ORDER, kind=kind, may_be=tuple(besides))
    alert = filed(case=CaseRef(case_id, "X"), judgement=judgement)
    assert refused_filing(one, {case_id}, judgement) == why_refused(one, alert)


def test_what_may_be_an_order_is_told_to_whoever_asks_for_orders() -> None:
    uncertain = replace(ORDER, kind=EntryKind.MOTION, may_be=(EntryKind.ORDER,))
    told = filed(judgement=uncertain)
    assert not why_refused(rule(kinds=("order",)), told)
    assert not why_refused(rule(kinds=("motion",)), told)
    assert why_refused(rule(kinds=("opinion",)), told) == (
        "it takes the kinds opinion, this is motion"
    )


# --- what the rules do for a case ---

LED: Mapping[str, tuple[Sequence[Rule], Sequence[str]]] = {
    "no rules": ((), ()),
    "a rule without limits": ((rule("a", "desk", "hook"),), ("desk", "hook")),
    "its own case": ((rule(cases=("ctr-v-irs",)),), ("desk",)),
    "another case": ((rule(cases=("roe-v-doe",)),), ()),
    "one kind of act": ((rule(kinds=("motion", "judgment")),), ("desk",)),
    "motions only": ((rule(kinds=("motion", "notice_of_appeal")),), ()),
    "filings": ((rule(topics=("story", "filed")),), ("desk",)),
    "amendments only": ((rule(topics=("amended",)),), ()),
    "gaps only": ((rule(topics=("gap_opened", "caught_up")),), ()),
    "each once, in order": ((rule("a", "hook"), rule("b", "desk", "hook")), ("hook", "desk")),
    "to nobody": ((Rule("r", ()),), ()),
}


@pytest.mark.parametrize(("rules", "expected"), LED.values(), ids=LED)
def test_whom_the_acts_of_a_case_are_led_to(rules: Sequence[Rule], expected: Sequence[str]) -> None:
    assert leads_to("ctr-v-irs", rules) == tuple(expected)


UNHEARD: Mapping[str, tuple[Sequence[Rule], Sequence[str]]] = {
    "no rules": ((), ACTS),
    "all": ((rule(),), ()),
    "orders": ((rule(kinds=("order",)),), ["judgment", "opinion"]),
    "between two": ((rule(kinds=("order", "opinion")), rule(kinds=("judgment",))), ()),
    "the rest is of another case": (
        (rule(kinds=("order",)), rule(cases=("roe-v-doe",))),
        ["judgment", "opinion"],
    ),
    "the rest takes amendments": (
        (rule(kinds=("order",)), rule(topics=("amended",))),
        ["judgment", "opinion"],
    ),
    "the rest leads to nobody": ((rule(kinds=("opinion",)), Rule("r", ())), ["judgment", "order"]),
}


@pytest.mark.parametrize(("rules", "expected"), UNHEARD.values(), ids=UNHEARD)
def test_which_acts_of_a_case_nobody_hears_of(
    rules: Sequence[Rule], expected: Sequence[str]
) -> None:
    assert list(unheard_acts("ctr-v-irs", rules)) == list(expected)


# --- the configuration ---

PACK = """\
pack: p
cases:
  - {id: ctr-v-irs, label: CTR v. IRS, dockets: [{court: dcd, number: "1:25-cv-457"}]}
  - {id: press-only, label: Press only}
"""
RECIPIENTS = """\
packs: [pack.yaml]
email: {host: localhost, from: m@example.org}
recipients:
  - {name: desk, email: desk@example.org}
  - {name: old, webhook: "https://hooks.example.org/1", schema_version: 1}
  - {name: new, webhook: "https://hooks.example.org/2"}
"""


def settings(folder: Path, routes: str = "", text: str = RECIPIENTS) -> Settings:
    (folder / "pack.yaml").write_text(PACK)
    (folder / "monitor.yaml").write_text(f"{text}{routes}")
    return load_settings(folder / "monitor.yaml")


def warnings(folder: Path, routes: str = "", text: str = RECIPIENTS) -> list[tuple[str, bool]]:
    """What is said of routes in a configuration that can run, and whether it is but a warning."""
    said = settings(folder, routes, text).warnings
    return [(one.message, one.is_warning) for one in said if "route" in one.message]


GROUPS = {
    "appeal": {"appeal_found", "appeal_proposed"},
    "away": {"caught_up"},
    "delivery": {"delivery_given_up"},
    "docket": {"docket_changed"},
    "gap": {"gap_opened", "gap_closed"},
    "health": {"source_unhealthy", "source_recovered", "coverage_changed", "clock_set_back"},
    "news": {"story", "lead"},
    "gap, test": {"gap_opened", "gap_closed", "test"},
}


@pytest.mark.parametrize(("named", "expected"), GROUPS.items(), ids=GROUPS)
def test_the_name_of_several_topics_stands_for_each_of_them(
    tmp_path: Path, named: str, expected: set[str]
) -> None:
    config = settings(tmp_path, f"routes: [{{name: r, to: [desk], topics: [{named}]}}]\n").config
    [made] = make_rules(config)
    assert {t for t, alert in SAMPLES.items() if not why_refused(made, alert)} == expected


def test_a_topic_that_there_is_not_is_refused_with_the_one_that_was_meant(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblems) as caught:
        settings(tmp_path, "routes: [{name: r, to: [desk], topics: [fild]}]\n")
    [problem] = caught.value.problems
    assert "filed" in problem.message


def test_a_rule_that_leads_to_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblems):
        settings(tmp_path, "routes: [{name: r, to: []}]\n")


def test_rules_keep_their_order_and_their_limits(tmp_path: Path) -> None:
    routes = (
        "routes:\n"
        "  - {name: b, to: [new, desk], cases: [ctr-v-irs], kinds: [order]}\n"
        "  - {name: a, to: [old]}\n"
    )
    assert make_rules(settings(tmp_path, routes).config) == (
        Rule("b", ("new", "desk"), ("ctr-v-irs",), ("order",)),
        Rule("a", ("old",)),
    )


def test_receivers_of_version_1_take_one_alert_at_a_time(tmp_path: Path) -> None:
    bundling = make_bundling(settings(tmp_path, "grace: 45s\n").config)
    assert bundling.singles == {"old"}
    assert bundling.grace.total_seconds() == 45


def test_a_case_that_no_rule_leads_to_anybody_is_an_error_with_its_remedy(tmp_path: Path) -> None:
    routes = "routes: [{name: r, to: [desk, old, new], topics: [amended, news]}]\n"
    [(message, is_warning)] = warnings(tmp_path, routes)
    assert "CTR v. IRS" in message
    assert not is_warning
    remedy = re.search(r"- \{.*\}", message)
    assert remedy is not None
    mended = f"routes:\n  - {{name: r, to: [old, new]}}\n  {remedy[0]}\n"
    assert "desk" in leads_to("ctr-v-irs", make_rules(settings(tmp_path, mended).config))


def test_the_remedy_alone_leads_every_act_of_the_case_to_somebody(tmp_path: Path) -> None:
    routes = f"routes:\n  {needed_rule('ctr-v-irs', ['new', 'desk'])}\n"
    rules = make_rules(settings(tmp_path, routes).config)
    assert (leads_to("ctr-v-irs", rules), unheard_acts("ctr-v-irs", rules)) == (("new",), ())
    assert route(filed(), rules).recipients == {"new": "all-of-ctr-v-irs"}


def test_kinds_of_acts_that_no_rule_takes_are_warned_of_by_name(tmp_path: Path) -> None:
    routes = "routes: [{name: r, to: [desk, old, new], kinds: [order]}]\n"
    [(message, is_warning)] = warnings(tmp_path, routes)
    assert is_warning
    assert all(word in message for word in ("judgment", "opinion", "CTR v. IRS"))


QUIET = {
    "everybody hears all": (RECIPIENTS, "routes: [{name: r, to: [desk, old, new]}]\n"),
    "nobody is to be told": ("packs: [pack.yaml]\n", ""),
    "nothing is watched": (
        RECIPIENTS.replace("packs: [pack.yaml]\n", ""),
        "routes: [{name: r, to: [desk, old, new], topics: [news]}]\n",
    ),
}


@pytest.mark.parametrize(("text", "routes"), QUIET.values(), ids=QUIET)
def test_where_nobody_is_missed_nothing_is_said_of_routes(
    tmp_path: Path, text: str, routes: str
) -> None:
    assert warnings(tmp_path, routes, text) == []


def test_a_case_of_the_press_alone_needs_no_rule_for_a_courts_acts(tmp_path: Path) -> None:
    routes = "routes: [{name: r, to: [desk, old, new], cases: [ctr-v-irs]}]\n"
    assert warnings(tmp_path, routes) == []


def test_the_remedy_can_be_written_where_there_is_no_recipient_yet() -> None:
    said = unled(MonitorConfig(), "ctr-v-irs", "CTR v. IRS")
    assert needed_rule("ctr-v-irs", []) in said
    assert "to: []" not in said
