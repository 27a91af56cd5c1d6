"""The tree of rules: order, inheritance, what stops, what every condition asks, and what is linted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.alert import DocketRef
from monitor.model.delivery import Rule, Words
from monitor.model.docket import EntryKind, Ruling, RulingOn
from monitor.route.conditions import why_refused
from monitor.route.lint import broad, covers, lint
from monitor.route.rules import leads_to, route, steps, unheard_acts
from tests.feeds import NOON
from tests.make import DENIED, ORDER, every_ruled_alert, filed, gap_opened, snapshot

MOTION = replace(ORDER, kind=EntryKind.MOTION)


def rule(name: str, *to: str, stops: bool = True, **more: Any) -> Rule:
    return Rule(name, to, goes_on=not stops, **more)


TREE = (
    Rule(
        "otherwise",
        ("archive",),
        rules=(
            rule("night", "night", kinds=("judgment",)),
            rule(
                "orders",
                "desk",
                kinds=("order", "opinion", "judgment"),
                rules=(rule("denials", "editor", rulings=("denied",)),),
            ),
            rule("all-motions", kinds=("motion",)),
        ),
    ),
)


def led(judgement: Any) -> dict[str, str]:
    return dict(route(filed(judgement=judgement), TREE).recipients)


def test_the_first_rule_that_fits_is_the_last_one() -> None:
    assert led(replace(ORDER, kind=EntryKind.JUDGMENT)) == {"night": "otherwise > night"}
    known = filed(judgement=ORDER, entries=(replace(snapshot(), text="ORDER setting a hearing"),))
    assert dict(route(known, TREE).recipients) == {"desk": "otherwise > orders"}


def test_a_rule_that_takes_what_nobody_can_read_yet_keeps_it_from_nobody() -> None:
    """An order of which only the name is known may be a denial, and is an order."""
    assert led(ORDER) == {"editor": "otherwise > orders > denials", "desk": "otherwise > orders"}


def test_a_rule_below_takes_it_from_the_one_above() -> None:
    assert led(DENIED) == {"editor": "otherwise > orders > denials"}


def test_what_no_rule_takes_goes_to_the_root() -> None:
    assert led(replace(ORDER, kind=EntryKind.NOTICE)) == {"archive": "otherwise"}


def test_a_rule_that_names_nobody_leads_to_whom_the_one_above_leads() -> None:
    assert led(MOTION) == {"archive": "otherwise > all-motions"}


def test_a_rule_that_goes_on_stops_nothing() -> None:
    rules = (rule("a", "ann", stops=False), rule("b", "ben"), rule("c", "cy"))
    assert dict(route(filed(), rules).recipients) == {"ann": "a", "ben": "b"}


def test_what_is_said_of_silence_reaches_everybody_whichever_rule_is_first() -> None:
    rules = (rule("a", "ann"), rule("b", "ben", kinds=("motion",)))
    assert set(route(gap_opened(), rules).recipients) == {"ann", "ben"}


def test_why_a_rule_was_not_asked_is_told() -> None:
    asked = steps(filed(), (rule("a", "ann"), rule("b", "ben")))
    assert [(one.path, one.refused_because, one.recipients) for one in asked] == [
        ("a", "", ("ann",)),
        ("b", "a took it, and the rules behind that are not asked", ()),
    ]


STAY = filed(
    entries=(
        replace(
            snapshot(), text="ORDER denying Motion for Stay Pending Appeal", event_names=("Order",)
        ),
    ),
    judgement=DENIED,
)
TAKES: dict[str, tuple[dict[str, Any], bool]] = {
    "its court": ({"courts": ("dcd",)}, True),
    "another court": ({"courts": ("cadc",)}, False),
    "its docket": ({"dockets": ("dcd/1:25-cv-00457",)}, True),
    "another docket": ({"dockets": ("dcd/1:25-cv-00677",)}, False),
    "its source": ({"sources": ("court:dcd",)}, True),
    "another source": ({"sources": ("court:mad",)}, False),
    "its ruling": ({"rulings": ("denied", "vacated")}, True),
    "another ruling": ({"rulings": ("granted",)}, False),
    "dispositive": ({"is_dispositive": True}, True),
    "not dispositive": ({"is_dispositive": False}, False),
    "certain": ({"certainty": "certain"}, True),
    "uncertain": ({"certainty": "uncertain"}, False),
    "a party": ({"parties": ("roe",)}, True),
    "no party": ({"parties": ("bessent",)}, False),
    "any of the words": ({"words": Words(any_of=("hearing", "stay pending appeal"))}, True),
    "a word that begins so": ({"words": Words(any_of=("deny*",))}, True),
    "none of the words": ({"words": Words(any_of=("hearing",))}, False),
    "all of the words": ({"words": Words(all_of=("stay", "appeal"))}, True),
    "not all of the words": ({"words": Words(all_of=("stay", "hearing"))}, False),
    "a word that must not stand there": ({"words": Words(none_of=("appeal",))}, False),
    "a part of a word": ({"words": Words(any_of=("pend",))}, False),
    "until today": ({"until": NOON.date()}, True),
    "until yesterday": ({"until": (NOON - timedelta(days=1)).date()}, False),
}


@pytest.mark.parametrize(("asks", "takes"), TAKES.values(), ids=TAKES)
def test_each_condition(asks: dict[str, Any], takes: bool) -> None:
    assert bool(why_refused(rule("r", "desk", **asks), STAY)) is not takes


def test_one_of_several_rulings_is_enough() -> None:
    both = replace(
        DENIED,
        ruling=Ruling.GRANTED_IN_PART,
        rulings=(RulingOn(Ruling.GRANTED, "12"), RulingOn(Ruling.DENIED, "14")),
    )
    for wanted in ("granted", "denied", "granted_in_part"):
        assert not why_refused(rule("r", "desk", rulings=(wanted,)), filed(judgement=both))


APART: dict[str, tuple[list[tuple[tuple[str, ...], str]], bool]] = {
    "across a name and the text": ([(("Order",), "granting in part")], True),
    "across two names": ([(("Order", "Granting"), "x")], True),
    "across two entries": ([(("A",), "an order"), (("A",), "granting")], True),
    "in the text": ([(("Order",), "an order  granting")], False),
    "in a name": ([(("Order Granting",), "ORDER")], False),
    "in one entry of two": ([(("A",), "order granting"), (("A",), "order denying")], True),
    "in both entries": ([(("A",), "order granting"), (("Order granting",), "x")], False),
}


@pytest.mark.parametrize(("said", "takes"), APART.values(), ids=APART)
def test_an_excluded_phrase_refuses_only_what_says_it(
    said: list[tuple[tuple[str, ...], str]], takes: bool
) -> None:
    asking = rule("r", "desk", words=Words(none_of=("order granting",)))
    entries = tuple(replace(snapshot(), event_names=names, text=text) for names, text in said)
    assert bool(why_refused(asking, filed(entries=entries))) is not takes


NAMED = filed(entries=(replace(snapshot(), text="", event_names=("Order",)),))
BY_TEXT = (
    rule("r", "desk", rulings=("denied",)),
    rule("r", "desk", words=Words(any_of=("stay",))),
)


@pytest.mark.parametrize("asking", BY_TEXT)
def test_what_hangs_on_a_text_waits_for_it_and_is_told_where_none_will_come(asking: Rule) -> None:
    assert not why_refused(asking, NAMED)
    waiting = replace(NAMED, text_expected_until=NOON + timedelta(seconds=90))
    assert "its text is not known yet" in why_refused(asking, waiting)


def test_what_may_be_dispositive_is_told_to_whoever_asks_for_that() -> None:
    unknown = filed(judgement=replace(ORDER, is_dispositive=None))
    assert not why_refused(rule("r", "desk", is_dispositive=True), unknown)


def test_what_may_be_an_order_is_led_as_one_whatever_ruling_is_asked_for() -> None:
    uncertain = replace(MOTION, may_be=(EntryKind.ORDER,), is_dispositive=False)
    asking = rule("r", "desk", kinds=("order",), rulings=("denied",), is_dispositive=True)
    assert not why_refused(asking, filed(judgement=uncertain))


@given(st.sampled_from(every_ruled_alert()))
def test_a_root_with_a_receiver_leads_every_alert_to_somebody(alert: Any) -> None:
    assert route(alert, TREE).recipients


# --- what a tree does for a case ---


def test_a_tree_leads_the_acts_of_a_case_to_its_root_and_its_branches() -> None:
    assert set(leads_to("ctr-v-irs", TREE)) == {"archive", "night", "desk", "editor"}
    assert unheard_acts("ctr-v-irs", TREE) == ()


def test_a_rule_for_some_acts_alone_leaves_the_others_unheard() -> None:
    narrow = (rule("r", "desk", is_dispositive=True),)
    assert leads_to("ctr-v-irs", narrow) == ("desk",)
    assert unheard_acts("ctr-v-irs", narrow) == ("judgment", "opinion", "order")


# --- lint ---

TODAY = date(2026, 3, 2)


def words_of(*rules: Rule) -> list[str]:
    return [f"{one.path}: {one.words}" for one in lint(rules, TODAY)]


def test_a_rule_that_ended_is_named() -> None:
    assert words_of(rule("r", "desk", until=date(2026, 3, 1))) == [
        "r: it ended on 2026-03-01: take it out"
    ]


def test_a_rule_behind_one_that_takes_all_is_named() -> None:
    (said,) = words_of(rule("all", "desk"), rule("orders", "ann", kinds=("order",)))
    assert said.startswith("orders: it is never asked: all stands before it")
    assert not words_of(rule("all", "desk", stops=False), rule("orders", "ann", kinds=("order",)))


def test_a_rule_that_contradicts_the_one_above_is_named() -> None:
    below = rule("b", "ann", courts=("cadc",))
    (said,) = words_of(rule("a", "desk", courts=("dcd",), rules=(below,)))
    assert said == "a > b: it can never match: a above it takes other courts"


def test_a_tree_without_faults_is_left_alone() -> None:
    assert words_of(*TREE) == []


def test_a_rule_covers_itself_and_whatever_asks_more() -> None:
    wide, narrow = rule("a", "desk"), rule("b", "desk", kinds=("order",), is_dispositive=True)
    assert covers(wide, narrow)
    assert covers(narrow, narrow)
    assert not covers(narrow, wide)


def test_a_rule_that_leads_too_much_to_one_recipient_is_named_with_its_count() -> None:
    (said,) = broad({("all", "desk"): 900, ("few", "ann"): 10}, 10)
    assert (said.path, "900 alerts to desk in 10 days" in said.words) == ("all", True)


def test_a_docket_that_no_alert_names_is_no_other_docket() -> None:
    """What concerns the monitor itself reaches whoever asks for one court."""
    own = [one for one in every_ruled_alert() if one.topic == "delivery_given_up"]
    assert not why_refused(rule("r", "desk", courts=("cadc",)), own[0])
    assert DocketRef("dcd", "1:25-cv-00457").docket_id == "dcd/1:25-cv-00457"
