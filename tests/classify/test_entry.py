"""An entry in a few words, and which of a clerk's events nobody wants a message about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.classify.entry import (
    are_clerks_utilities,
    headline_of,
    in_capitals,
    judged,
    judgement_of,
)
from monitor.classify.kinds import RULES_VERSION
from monitor.model.docket import EntryKind, Judgement, Ruling
from tests.make import entry

HEADLINES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "an event": (("Order on Motion to Stay",), "", "Order on Motion to Stay"),
    "an event and what was done": ((".Order",), "ORDER denying 7 Motion to Stay", "Order: DENIED"),
    "in part": (
        ("Order",),
        "ORDER granting in part and denying in part 7 Motion",
        "Order: GRANTED IN PART",
    ),
    "the weightiest of several": (("~Util - Set/Reset Deadlines", ".Order"), "", "Order"),
    "only words": ((), "NOTICE of Appearance by A. Roe", "NOTICE of Appearance by A. Roe"),
    "an event of signs": ((" .~ ",), "NOTICE of filing", "NOTICE of filing"),
    "somebody asks": (("Motion to Stay",), "MOTION to Stay, to be granted", "Motion to Stay"),
}


@pytest.mark.parametrize(("events", "text", "expected"), HEADLINES.values(), ids=HEADLINES)
def test_an_entry_in_a_few_words(events: tuple[str, ...], text: str, expected: str) -> None:
    assert headline_of(entry(events=events, text=text)) == expected


def test_a_long_text_is_cut_and_says_so() -> None:
    short, long = ("word " * n for n in (14, 15))
    assert headline_of(entry(events=(), text=short)).split() == ["word"] * 14
    assert headline_of(entry(events=(), text=long)).split() == ["word"] * 14 + ["…"]


@given(st.lists(st.text(max_size=20), max_size=3), st.text(max_size=200))
def test_every_entry_has_a_headline(events: list[str], text: str) -> None:
    assert headline_of(entry(events=events, text=text))


def test_an_event_alone_never_says_what_was_decided() -> None:
    headline = headline_of(entry(events=("Order on Motion to Dismiss",)))
    assert not any(in_capitals(ruling) in headline for ruling in Ruling)


# --- what is remembered of a judgement ---

KEPT = Judgement(EntryKind.TRANSCRIPT, "as it was judged", rules_version=RULES_VERSION)
ORDER = entry(text="ORDER denying 7 Motion to Stay")


def test_a_judgement_by_the_present_rules_is_kept_and_any_other_is_made_anew() -> None:
    assert judgement_of(replace(ORDER, judgement=KEPT)) == KEPT
    stale = replace(KEPT, rules_version=RULES_VERSION - 1)
    for known in (None, stale):
        found = judgement_of(replace(ORDER, judgement=known))
        assert (found.kind, found.ruling) == (EntryKind.ORDER, Ruling.DENIED)
        assert found.rules_version == RULES_VERSION


def test_new_words_are_judged_anew_and_a_judgement_is_no_change() -> None:
    before = judged(ORDER)
    after = judged(replace(before, text="ORDER granting 7 Motion to Stay"))
    assert judgement_of(after).ruling is Ruling.GRANTED
    assert replace(before, judgement=KEPT) == before


# --- a clerk's own bookkeeping ---

BOOKKEEPING = [
    "~Util - Set/Reset Deadlines",
    "Set/Reset Hearings",
    "Utility Set Deadlines",
    "*** Set Scheduling Deadlines",
    "Terminate Deadlines",
    "terminate hearings",
]
NOT_BOOKKEEPING = [
    "Order",
    "~Util - Ruling on Motions",
    "~Util - Terminate Civil Case",
    "Set/Reset Deadlines and Order on Motion",
    "~Util - Set Case Management",
    "Utility - Stay Lifted",
    "~Util - Judgment Entered",
    "Terminate Motions and Dismiss",
    "Notice to reset hearings",
    "USCA Mandate",
    "Settlement",
    "Utilization Report",
    "",
]


@pytest.mark.parametrize("name", BOOKKEEPING)
def test_bookkeeping(name: str) -> None:
    assert are_clerks_utilities([name])
    assert not are_clerks_utilities([name, "Order"])


@pytest.mark.parametrize("name", NOT_BOOKKEEPING)
def test_what_may_matter_is_no_bookkeeping(name: str) -> None:
    assert not are_clerks_utilities([name])
    assert not are_clerks_utilities(["~Util - Set/Reset Deadlines", name])


def test_no_event_is_no_bookkeeping() -> None:
    """A text that was edited without any event is told."""
    assert not are_clerks_utilities([])
