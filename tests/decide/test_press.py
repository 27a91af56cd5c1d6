"""What the press writes: kept where it is about a case, told once, and never taken for the docket."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from monitor.decide.news import judge_news, reports_act
from monitor.decide.policy import Policy
from monitor.decide.snapshots import LONGEST_TEXT
from monitor.model.alert import LeadPublished, StoryPublished
from monitor.model.news import NewsItem
from monitor.model.outcome import Consequences
from monitor.model.reading import Memory, Reading
from monitor.model.source import SourceState
from monitor.model.watch import NewsTerms
from monitor.sources import news_feed
from tests.decide.test_compare import remembered
from tests.feeds import NOON
from tests.make import DAY, HOUR, MINUTE, entry, evidence, source

PRESS = source("news:press", news_feed.NEWS, court_id="")
ACME = NewsTerms("ctr-v-irs", "CTR v. IRS", names=("Acme Tax Clinic",), judges=("Zilberquit",))
ROE = NewsTerms("roe", "Roe v. Doe", names=("Roeville Harbor Trust",))
TITLE = "Judge blocks agency in Acme Tax Clinic suit"
TEXT = "A federal judge on Monday ordered the agency to stop handing over addresses of taxpayers."


def item(key: str = "k1", title: str = TITLE, summary: str = TEXT, **more: Any) -> NewsItem:
    values: dict[str, Any] = {"published_at": NOON - HOUR, "publisher": "Example Wire"} | more
    return NewsItem("news:press", key, title, summary, **values)


def press(*items: NewsItem, memory: Memory | None = None, **more: Any) -> Consequences:
    values: dict[str, Any] = {"by": PRESS, "policy": Policy(news_terms=(ACME, ROE))} | more
    return judge_news(evidence(Reading(stories=items), memory=memory, **values))


def topics(said: Consequences) -> list[str]:
    return [alert.topic for alert in said.alerts]


def story(said: Consequences) -> StoryPublished | LeadPublished:
    (alert,) = said.alerts
    assert isinstance(alert, StoryPublished | LeadPublished)
    return alert


def test_a_story_about_a_case_is_kept_logged_and_told_with_its_reason() -> None:
    said = press(item())
    alert = story(said)
    assert (alert.case.case_id, alert.case.label) == ("ctr-v-irs", "CTR v. IRS")
    assert "Acme Tax Clinic" in alert.why
    assert alert.story.publisher == "Example Wire"
    assert [one.item.item_key for one in said.stories] == ["k1"]
    assert [change.kind for change in said.changes] == ["story_published"]


def test_a_story_about_nothing_watched_leaves_no_trace() -> None:
    assert press(item(title="Tax season opens", summary="")) == Consequences()


def test_a_story_about_two_cases_is_told_to_both() -> None:
    said = press(item(title="Acme Tax Clinic and Roeville Harbor Trust in court"))
    assert len(said.stories) == 1
    assert len({alert.alert_id for alert in said.alerts}) == 2


def test_a_first_reading_keeps_stories_and_tells_none() -> None:
    said = press(item(), state=SourceState(NOON))
    assert (len(said.stories), said.alerts) == (1, ())


def test_a_feed_read_twice_tells_its_stories_once() -> None:
    memory = remembered(Memory(), press(item()), "news:press")
    assert press(item(), memory=memory) == Consequences()
    assert len(press(item(), item()).alerts) == 1


def test_copies_of_one_story_share_the_id_of_what_was_told() -> None:
    first = press(item())
    copy = item("k2", f"UPDATE: {TITLE} - Example Post", published_at=NOON)
    again = press(copy, memory=remembered(Memory(), first, "news:press"))
    assert story(again).alert_id == story(first).alert_id
    assert again.stories[0].story_id == "k1"
    assert len({alert.alert_id for alert in press(item(), copy).alerts}) == 1


def test_another_story_of_the_same_day_is_told_too() -> None:
    other = item("k2", "Acme Tax Clinic asks for fees", "The clinic filed a request for its costs and fees.")  # fmt: skip
    assert len({alert.alert_id for alert in press(item(), other).alerts}) == 2


# --- acts of a court ---

HEADLINES = {
    "Judge blocks agency": True,
    "Court rules for clinic": True,
    "Appeals panel reverses order on tax data": True,
    "Zilberquit halts data sharing": True,
    "Clinic wins in court": True,
    "Judge to rule on data sharing": False,
    "Judge weighs whether agency violated orders": False,
    "Court could block agency": False,
    "Clinic urges judge who ruled last year to act": False,
    "Agency opens new office": False,
    "": False,
    "\u202eegduJ \r\n<b>blocks</b>": False,
}


@pytest.mark.parametrize(("title", "expected"), HEADLINES.items())
def test_whether_a_headline_reports_an_act(title: str, *, expected: bool) -> None:
    assert reports_act(item(title=title), (ACME,)) == expected


def acted(**more: Any) -> Memory:
    values: dict[str, Any] = {"events": ("Order on Motion for Preliminary Injunction",)} | more
    return Memory(entries=(entry(**values),))


def test_an_act_that_no_docket_shows_is_a_lead() -> None:
    assert topics(press(item())) == ["lead"]


def test_a_story_names_the_order_that_it_seems_to_be_about() -> None:
    said = press(item(), memory=acted())
    alert = story(said)
    assert isinstance(alert, StoryPublished)
    assert alert.about is not None
    assert (alert.about.entry_id, said.stories[0].entry_id) == ("e1", "e1")


@pytest.mark.parametrize(
    "memory",
    [
        acted(events=("Notice",)),
        acted(events=("Order on Motion for Extension of Time",)),
        acted(date_filed=date(2026, 2, 20)),
        acted(date_filed=date(2026, 3, 9)),
        acted(date_filed=None),
        acted(docket_id="dcd/1:25-cv-00999"),
    ],
    ids=["no act", "of every day", "too old", "to come", "undated", "another docket"],
)
def test_a_filing_that_the_story_cannot_be_about_leaves_it_a_lead(memory: Memory) -> None:
    assert topics(press(item(), memory=memory)) == ["lead"]


def test_of_several_orders_the_latest_is_meant() -> None:
    orders = [entry(f"e{n}", events=("Order on Motion to Stay",), date_filed=date(2026, 3, n)) for n in (1, 2)]  # fmt: skip
    alert = story(press(item(), memory=Memory(entries=tuple(orders))))
    assert isinstance(alert, StoryPublished)
    assert alert.about is not None
    assert alert.about.entry_id == "e2"


@pytest.mark.parametrize(
    ("age", "topic"), [(47 * HOUR, "lead"), (49 * HOUR, "story"), (-HOUR, "lead")]
)
def test_an_old_story_is_no_lead(age: timedelta, topic: str) -> None:
    assert topics(press(item(published_at=NOON - age))) == [topic]


def test_a_story_without_a_time_may_be_a_lead() -> None:
    assert topics(press(item(published_at=None))) == ["lead"]


def test_what_is_only_asked_for_is_a_story() -> None:
    alert = story(press(item(title="Acme Tax Clinic asks judge to block agency"), memory=acted()))
    assert isinstance(alert, StoryPublished)


def test_news_touches_no_docket() -> None:
    said = press(item(title="Acme Tax Clinic case closed, judge orders"), memory=acted())
    kept = replace(said, stories=(), changes=(), alerts=())
    assert kept == Consequences()


def test_a_story_of_megabytes_is_cut() -> None:
    alert = story(press(item(summary="ordered " * 500_000)))
    assert len(alert.story.summary) == LONGEST_TEXT


def test_an_id_that_a_feed_uses_again_next_month_is_another_story() -> None:
    later: datetime = NOON + 31 * DAY
    again = press(item(published_at=later - MINUTE), now=later)
    assert story(again).alert_id != story(press(item())).alert_id


# --- one event, and one of several cases ---

TOPIC = ("agency|tax", "immigra*", "address*|data")
ONE = NewsTerms("one", "One v. Agency", ("One Clinic",), topic=TOPIC, courts="judge*|court*", pack_id="p")  # fmt: skip
TWO = NewsTerms("two", "Two v. Agency", ("Two Clinic",), topic=TOPIC, courts="judge*|court*", pack_id="p")  # fmt: skip
PACK = Policy(news_terms=(ONE, TWO))
COURT_ORDER = "Court order restricts agency from giving immigrants' addresses away"


def test_what_speaks_of_the_subject_and_of_no_case_is_told_as_about_one_of_them() -> None:
    said = press(item(title=COURT_ORDER, summary=""), policy=PACK)
    alert = story(said)
    assert [case.label for case in alert.one_of] == ["One v. Agency", "Two v. Agency"]
    assert alert.case.case_id == "p"
    assert [match.is_sure for match in said.stories[0].matches] == [False, False]


def test_what_speaks_of_a_part_of_the_subject_is_about_nothing() -> None:
    for title in ("Court order restricts agency", "Agency gives immigrants' addresses away"):
        assert press(item(title=title, summary=""), policy=PACK) == Consequences()


def test_the_day_of_a_courts_act_says_which_case_is_meant() -> None:
    dated = replace(TWO, dates=((NOON - DAY).date(),))
    text = "Judge blocks agency from giving immigrants' addresses away"
    alert = story(press(item(title=text, summary=""), policy=Policy(news_terms=(ONE, dated))))
    assert (alert.case.case_id, alert.one_of) == ("two", ())
    assert "its court acted then" in alert.why


def test_a_report_in_other_words_joins_its_event_quietly() -> None:
    first = press(item())
    other = item("k2", "Acme Tax Clinic suit: court halts agency", "Nobody may see it.", published_at=NOON)  # fmt: skip
    again = press(other, memory=remembered(Memory(), first, "news:press"))
    assert story(again).alert_id == story(first).alert_id
    assert [one.story_id for one in again.stories] == ["k1"]
