"""Reports of one event are one story, whatever their words; two events are two."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.diff.events import Act, Report, act_of, cluster, find_event, same_event
from monitor.diff.stories import Copy
from tests.diff.test_stories import ITEMS, copy
from tests.feeds import NOON

CTR, CENTRO = frozenset({"ctr-v-irs"}), frozenset({"centro-v-bessent"})


def report(
    title: str,
    *,
    hours: float = 0,
    cases: frozenset[str] = CTR,
    key: str = "",
    summary: str = "",
    entry_id: str = "",
    is_sure: bool = True,
) -> Report:
    at = NOON + timedelta(hours=hours)
    return Report(Copy(key or title, title, summary, at), cases, is_sure, entry_id)


ACTS = {
    "Judge blocks IRS from handing addresses to ICE": Act.STOPPED,
    "Boston judge: ICE can't use tax records": Act.STOPPED,
    "Jueza prohíbe al IRS entregar direcciones a ICE": Act.STOPPED,
    "Judge refuses to block IRS from sharing tax data": Act.ALLOWED,
    "Juez permite que el IRS comparta datos": Act.ALLOWED,
    "Appeals court lets IRS keep sharing data": Act.REVIEWED,
    "D.C. Circuit affirms denial of injunction": Act.REVIEWED,
    "IRS broke the law 42,695 times, judge finds": Act.FOUND,
    "El IRS violó la ley 42,695 veces": Act.FOUND,
    "Judge orders IRS to give 24 hours' notice": Act.ORDERED,
    "White House weighs appeal after judge blocks IRS": Act.APPEALED,
    "Grupos apelan fallo sobre el IRS": Act.APPEALED,
    "Nonprofits sue IRS over taxpayer files": Act.SUED,
    "IRS admits it gave ICE data by mistake": Act.ADMITTED,
    "Appeals court hears fight over IRS data": Act.HEARD,
    "Senators demand inquiry after judge finds IRS broke the law": Act.ECHO,
    "Workers celebrate ruling on tax data": Act.ECHO,
    "House Democrats file brief against data deal": Act.BRIEFED,
    "What Friday's IRS ruling says": Act.RULED,
    "Tax season opens in January": None,
}


@pytest.mark.parametrize(("title", "act"), ACTS.items())
def test_what_a_report_tells_of(title: str, act: Act | None) -> None:
    assert act_of(Copy("a", title, "", None)) is act


def test_a_headline_that_only_says_ruling_is_read_on() -> None:
    told = act_of(Copy("a", "IRS ruling", "A judge blocked the agency on Friday. More.", None))
    assert told is Act.STOPPED


BLOCKED = report("Judge blocks IRS from handing addresses to ICE")
ONE_EVENT = {
    "other words": report("IRS ordered to stop giving home addresses to ICE", hours=20),
    "another language": report("Jueza prohíbe al IRS entregar direcciones a ICE", hours=3),
    "what else the ruling did": report("Judge says IRS illegally shared addresses", hours=8),
    "only called a ruling": report("What Friday's IRS ruling says", hours=30),
    "of a case that nobody can name": report(
        "Court order restricts IRS from sharing taxpayer information",
        hours=9,
        cases=CTR | CENTRO,
        is_sure=False,
    ),
}
TWO_EVENTS = {
    "another case": report("Judge blocks IRS from using records", hours=2, cases=CENTRO),
    "of two cases, an overview": report("Judges block IRS", hours=2, cases=CTR | CENTRO),
    "four days later": report("Judge blocks IRS from sharing", hours=90),
    "the opposite": report("Judge allows IRS to hand addresses to ICE", hours=2),
    "an appeal of it": report("Government appeals order that blocks IRS", hours=50),
    "an echo": report("Senators demand inquiry after judge blocks IRS", hours=20),
    "once more": report("Judge again blocks IRS from handing addresses to ICE", hours=60),
    "of another entry": report("Judge halts IRS data deal", hours=2, entry_id="other"),
    "other business": report("IRS opens tax season", hours=2),
}


@pytest.mark.parametrize("other", ONE_EVENT.values(), ids=ONE_EVENT)
def test_reports_of_one_event_are_one_story(other: Report) -> None:
    assert same_event(BLOCKED, other)
    assert same_event(other, BLOCKED)
    assert find_event(other, [("s1", BLOCKED)]) == "s1"


@pytest.mark.parametrize("other", TWO_EVENTS.values(), ids=TWO_EVENTS)
def test_two_events_are_two_stories(other: Report) -> None:
    blocked = report(BLOCKED.copy.title, entry_id="an entry" if other.entry_id else "")
    assert not same_event(blocked, other)
    assert not same_event(other, blocked)
    assert find_event(other, [("s1", blocked)]) == other.copy.key


def test_five_articles_are_three_events() -> None:
    """As the press wrote of them: November 2025 (two), September 2025, February 2026 (two)."""
    articles = [
        report("Judge says IRS illegally shared taxpayers' addresses with ICE", key="wt"),
        report(
            "Court Order Temporarily Restricts IRS From Sharing Confidential Taxpayer "
            "Information With ICE Enforcement",
            hours=8,
            key="blog",
        ),
        report("Judge orders IRS to give 24-hour notice", hours=-24 * 74, key="september"),
        report("IRS may have to provide discovery after it broke law", hours=24 * 97, key="lc"),
        report("US judge: IRS broke law 'approximately 42,695 times'", hours=24 * 98, key="aj"),
    ]
    assert cluster(articles) == {
        "wt": "wt",
        "blog": "wt",
        "september": "september",
        "lc": "lc",
        "aj": "lc",
    }


def test_an_event_does_not_move_on_with_its_reports() -> None:
    """The third report is near the second one, and far from the event."""
    days = [
        report(f"Judge {verb} data deal", hours=50 * n, key=f"r{n}")
        for n, verb in enumerate(("blocks", "has blocked", "bars"))
    ]
    assert cluster(days) == {"r0": "r0", "r1": "r0", "r2": "r2"}


def test_an_item_about_no_case_is_joined_with_copies_only() -> None:
    nobody: frozenset[str] = frozenset()
    one = report("Judge blocks cuts to parks", cases=nobody)
    other = report("Court halts park cuts", hours=1, cases=nobody)
    assert not same_event(one, other)
    assert find_event(report("Judge blocks cuts to parks", hours=1, key="b"), [("s", one)]) == "s"


def test_a_story_bears_the_key_of_its_first_report_in_whatever_order_they_are_read() -> None:
    items = [copy(hours=n, key=f"k{n}") for n in range(6)]
    items += [copy("Ferry service resumes", "", hours=n, key=f"f{n}") for n in range(3)]
    wanted = {i.key: "k0" if i.key.startswith("k") else "f0" for i in items}
    for seed in range(10):
        random.Random(seed).shuffle(items)
        assert cluster([Report(item, CTR) for item in items]) == wanted


@given(st.lists(ITEMS, max_size=8))
@settings(max_examples=60, deadline=None)
def test_every_item_has_a_story_that_begins_with_itself(items: list[Copy]) -> None:
    found = cluster([Report(item, CTR) for item in items])
    assert set(found) == {item.key for item in items}
    assert all(found[story] == story for story in found.values())


@given(ITEMS, ITEMS)
@settings(deadline=None)
def test_being_of_one_event_is_mutual(one: Copy, other: Copy) -> None:
    ours, theirs = Report(one, CTR), Report(other, CTR)
    assert same_event(ours, theirs) == same_event(theirs, ours)
