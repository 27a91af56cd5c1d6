"""Which case is an item about, and which items tell one story?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.diff.events import Report, cluster
from monitor.diff.stories import Copy, same_story
from monitor.match.news import match_story
from monitor.model.news import NewsItem
from monitor.model.watch import NewsTerms
from tests.feeds import NOON
from tests.news.__main__ import ANOTHER_HAND, pack_terms, report

TERMS = pack_terms()
CTR, CENTRO, CEDC = "ctr-v-irs", "centro-v-bessent", "cedc-v-bessent"


def cases(title: str, summary: str = "") -> set[str]:
    return {m.case_id for m in match_story(NewsItem("s", "k", title, summary), TERMS)}


ABOUT = {
    "Judge blocks IRS from handing taxpayers' addresses to ICE": {CTR},
    "Kollar Kotelly finds the IRS broke the law 42,695 times": {CTR},
    "What 1:25-cv-00457 means for tax clinics": {CTR},
    "Appeals court lets IRS go on sharing tax data with immigration agents": {CENTRO},
    "Judge refuses to block IRS from sharing tax data with ICE": {CENTRO},
    "Centro de Trabajadores Unido v. Bessent argued at the D.C. Circuit": {CENTRO},
    "Boston judge bars ICE from using tax records of immigrants": {CEDC},
    "Jueza Talwani prohíbe a ICE usar datos fiscales": {CEDC},
    "Judges in Boston and Washington have frozen the IRS-ICE tax data deal: two court orders": {
        CTR,
        CEDC,
    },
    "IRS audits fall to a new low": set(),
    "ICE detention numbers rise": set(),
    "Tax season opens in January": set(),
    "Center for Biological Diversity sues IRS over easement records": set(),
    "Judge Talwani blocks end of parole program for migrants": set(),
    "Judge lets DOGE into Social Security records": set(),
    "Bill would bar IRS from giving immigrants' addresses to ICE without a court order": set(),
    "Watchdog sues IRS under FOIA for emails about ICE data sharing": set(),
    "IRS and ICE sign memorandum on address requests": set(),
}


@pytest.mark.parametrize(("title", "expected"), ABOUT.items())
def test_what_an_item_is_about(title: str, expected: set[str]) -> None:
    assert cases(title) == expected


def test_the_score_keeps_its_words() -> None:
    item = NewsItem("s", "k", "Judge blocks IRS from sharing tax data with ICE in Boston")
    (match,) = match_story(item, TERMS)
    assert match.case_id == CEDC
    assert 0.7 <= match.score <= 1.0
    assert {"IRS", "ICE", "Boston"} <= set(match.words)


def test_a_dateline_is_not_what_a_story_is_about() -> None:
    summary = "BOSTON (AP) — A federal judge in Washington blocked the IRS from giving data to ICE."
    assert cases("Judge blocks IRS data sharing with ICE", summary) == {CTR}


def test_a_pack_without_a_topic_means_its_names_to_decide() -> None:
    terms = (NewsTerms("c", "C", names=("Acme Clinic",)),)
    assert match_story(NewsItem("s", "k", "Acme Clinic opens"), terms)


TEXT = "A federal judge on Friday ordered the agency to stop giving addresses of taxpayers away, {}"


def item(key: str, title: str, end: str = "in a long opinion.", hours: float = 0) -> Copy:
    return Copy(key, title, TEXT.format(end), NOON + timedelta(hours=hours))


def test_one_text_under_two_headlines_is_one_story() -> None:
    one, other = item("a", "Judge halts sharing"), item("b", "Agency told to stop, court says")
    assert same_story(one, other)
    reports = [Report(copy, frozenset()) for copy in (other, one)]
    assert len(set(cluster(reports).values())) == 1


def test_a_text_cut_short_and_an_update_are_the_same_story() -> None:
    short = Copy("b", "UPDATE: Judge halts sharing - Example Wire", TEXT.format("")[:95], NOON)
    assert same_story(item("a", "Judge halts sharing"), short)


def test_after_three_days_it_is_another_story() -> None:
    assert not same_story(
        item("a", "Judge halts sharing"), item("b", "Judge halts sharing", hours=80)
    )


def test_blocked_and_allowed_are_two_stories_in_the_same_words() -> None:
    one = Copy("a", "Judge blocks IRS from sharing data with ICE", "", NOON)
    other = Copy("b", "Judge allows IRS to go on sharing data with ICE", "", NOON)
    assert not same_story(one, other)


def test_what_is_to_come_is_another_story_than_what_came() -> None:
    one = Copy("a", "Appeals court to hear fight over IRS data", "", NOON)
    assert not same_story(one, Copy("b", "Appeals court hears fight over IRS data", "", NOON))


def test_the_labelled_items_are_told_as_well_as_promised() -> None:
    found = report()
    assert found.matching.precision >= 0.95
    assert found.matching.recall >= 0.95
    assert found.relevance.recall >= 0.98
    assert found.stories.precision >= 0.95
    assert found.stories.recall >= 0.9


def test_items_of_another_hand_are_told_as_well_as_promised() -> None:
    found = report(ANOTHER_HAND)
    assert found.relevance.precision >= 0.95
    assert found.relevance.recall >= 0.9
    assert found.matching.precision >= 0.95
    assert found.stories.precision >= 0.95
    assert found.stories.recall >= 0.65
