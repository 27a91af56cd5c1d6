"""A filter never swallows: whatever is not told to anybody is refused by each rule, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monitor.model.alert import (
    Alert,
    Amended,
    CaseRef,
    ClockSetBack,
    DeliveryGivenUp,
    Filed,
    TestAlert,
    WatchedDocket,
)
from monitor.model.delivery import Rule
from monitor.model.docket import COURT_ACTS, EntryKind, Judgement, Ruling
from monitor.model.subjects import cases_of
from monitor.route.bundle import Bundling, bundle
from monitor.route.conditions import why_refused
from monitor.route.rules import TOPICS, leads_to, route, unheard_acts
from tests.feeds import NOON
from tests.make import DOCKET, MINUTE, every_ruled_alert, filed, snapshot

CASES = ("ctr-v-irs", "roe-v-doe", "x-v-y")
KINDS = [kind.value for kind in EntryKind]
RECIPIENTS = ("ann", "bob", "cy")
#: Words that a court, a feed or a configuration may hold.
WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "<script>x</script>", "a\r\nBcc: x@y.z", "\x00\x1b[2J", "\u202egro\u2066"]
    ),
)
SILENCE = {
    "gap_opened",
    "gap_closed",
    "source_unhealthy",
    "source_recovered",
    "coverage_changed",
    "caught_up",
}


def limit(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=3).map(tuple)


#: Rules as the configuration may have them: each leads to somebody.
ONE_RULE = st.builds(
    Rule,
    name=WORDS,
    to=st.lists(st.sampled_from(RECIPIENTS), min_size=1, max_size=3).map(tuple),
    cases=limit(CASES),
    kinds=limit(KINDS),
    topics=limit(TOPICS),
)
RULES = st.lists(ONE_RULE, max_size=5)
JUDGEMENTS = st.builds(
    Judgement,
    kind=st.sampled_from(EntryKind),
    reason=WORDS,
    ruling=st.sampled_from(Ruling),
    is_dispositive=st.sampled_from([None, True, False]),
    acts_on=WORDS,
)
CASE_REFS = st.builds(CaseRef, st.sampled_from(CASES), WORDS)
CONCERNED = st.lists(st.builds(WatchedDocket, CASE_REFS, st.just(DOCKET)), min_size=1, max_size=3)


@st.composite
def alerts(draw: st.DrawFn) -> Alert:
    """An alert of each class, about other cases, of other kinds and in other words."""
    alert = draw(st.sampled_from(every_ruled_alert()))
    changed: dict[str, Any] = {"why": draw(WORDS)}
    if hasattr(alert, "case"):
        changed["case"] = draw(CASE_REFS)
    if hasattr(alert, "dockets"):
        changed["dockets"] = tuple(draw(CONCERNED))
    if isinstance(alert, Filed | Amended):
        changed["judgement"] = draw(JUDGEMENTS)
    if isinstance(alert, Filed):
        names = draw(st.lists(WORDS, min_size=1, max_size=3))
        changed["entries"] = tuple(snapshot(f"e{n}", *[word] * 2) for n, word in enumerate(names))
    return replace(alert, **changed)


@given(alerts(), RULES)
def test_somebody_is_told_or_each_rule_says_why_not(alert: Alert, rules: list[Rule]) -> None:
    routing = route(alert, rules)
    if routing.recipients:
        assert routing.refusals == ()
        return
    assert [refusal.rule for refusal in routing.refusals] == [rule.name for rule in rules]
    assert all(refusal.reason.strip() for refusal in routing.refusals)


@given(alerts(), RULES)
def test_everybody_to_whom_some_rule_leads_is_told_and_nobody_else(
    alert: Alert, rules: list[Rule]
) -> None:
    takers = [rule for rule in rules if not why_refused(rule, alert)]
    recipients = route(alert, rules).recipients
    assert set(recipients) == {recipient for rule in takers for recipient in rule.to}
    for recipient, name in recipients.items():
        assert any(rule.name == name and recipient in rule.to for rule in takers)


@given(alerts(), RULES, ONE_RULE)
def test_a_further_rule_takes_nothing_from_anybody(
    alert: Alert, rules: list[Rule], further: Rule
) -> None:
    before = route(alert, rules).recipients
    assert before.items() <= route(alert, [*rules, further]).recipients.items()


@given(alerts(), RULES)
def test_the_order_of_rules_decides_which_is_named_and_never_who_is_told(
    alert: Alert, rules: list[Rule]
) -> None:
    there, back = route(alert, rules), route(alert, rules[::-1])
    assert set(there.recipients) == set(back.recipients)
    assert set(there.refusals) == set(back.refusals)


@given(alerts(), ONE_RULE)
def test_a_rule_with_fewer_limits_takes_no_less(alert: Alert, rule: Rule) -> None:
    if why_refused(rule, alert):
        return
    assert not why_refused(replace(rule, cases=()), alert)
    # What has no kind is taken by a rule of kinds only where its topic is named.
    assert not why_refused(replace(rule, topics=()), alert) or alert.topic in rule.topics
    assert not why_refused(replace(rule, kinds=()), alert)


@given(alerts(), ONE_RULE)
def test_words_have_no_say_in_who_is_told(alert: Alert, rule: Rule) -> None:
    plain = replace(alert, why="")
    assert why_refused(rule, plain) == why_refused(replace(rule, name="other"), alert)


@given(alerts(), RULES)
def test_no_message_form_has_a_say_in_who_is_told(alert: Alert, rules: list[Rule]) -> None:
    routing = route(alert, rules)
    for bundling in (Bundling(), Bundling(singles=frozenset(RECIPIENTS)), Bundling(grace=MINUTE)):
        told = bundle([routing], [], {}, bundling, NOON)
        assert {one.recipient for one in told} == set(routing.recipients)


# --- a court's acts ---


@given(RULES, st.sampled_from(CASES), st.sampled_from(sorted(COURT_ACTS)), JUDGEMENTS)
def test_an_act_in_a_case_that_is_led_and_of_which_nothing_is_unheard_reaches_somebody(
    rules: list[Rule], case_id: str, kind: EntryKind, judgement: Judgement
) -> None:
    assume(leads_to(case_id, rules) and not unheard_acts(case_id, rules))
    act = filed(case=CaseRef(case_id, "X"), judgement=replace(judgement, kind=kind))
    assert route(act, rules).recipients


@given(RULES, st.sampled_from(CASES), st.sampled_from(sorted(COURT_ACTS)))
def test_an_act_reaches_nobody_exactly_where_its_kind_is_named_as_unheard(
    rules: list[Rule], case_id: str, kind: EntryKind
) -> None:
    act = filed(case=CaseRef(case_id, "X"), judgement=Judgement(kind, "x"))
    assert bool(route(act, rules).recipients) is (kind.value not in unheard_acts(case_id, rules))


@given(RULES, st.sampled_from(CASES))
def test_a_case_is_led_to_those_who_get_one_of_its_acts_and_to_nobody_else(
    rules: list[Rule], case_id: str
) -> None:
    told = {
        recipient
        for kind in COURT_ACTS
        for recipient in route(
            filed(case=CaseRef(case_id, "X"), judgement=Judgement(kind, "x")), rules
        ).recipients
    }
    led = leads_to(case_id, rules)
    assert set(led) == told
    assert len(led) == len(set(led))


# --- what is said of silence ---


@given(alerts(), ONE_RULE)
def test_who_hears_of_a_case_hears_what_its_silence_is_worth_unless_he_names_topics(
    alert: Alert, rule: Rule
) -> None:
    assume(alert.topic in SILENCE)
    is_ours = not rule.cases or bool(cases_of(alert) & set(rule.cases))
    assert (not why_refused(replace(rule, topics=()), alert)) is is_ours


@given(ONE_RULE)
def test_whoever_takes_filings_hears_the_verdict_on_an_outage(rule: Rule) -> None:
    [verdict] = [alert for alert in every_ruled_alert() if alert.topic == "caught_up"]
    assume(any(not why_refused(rule, filed(judgement=Judgement(kind, "x"))) for kind in EntryKind))
    assert not why_refused(rule, verdict)


@pytest.mark.parametrize(
    "own",
    [a for a in every_ruled_alert() if isinstance(a, ClockSetBack | DeliveryGivenUp | TestAlert)],
)
@given(rule=ONE_RULE)
def test_what_concerns_the_monitor_itself_is_limited_by_topics_alone(
    own: Alert, rule: Rule
) -> None:
    assert (not why_refused(rule, own)) is (not rule.topics or own.topic in rule.topics)
