"""Why somebody is told, and which link stands first: true for whoever reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor.decide.appeals import appeal_watch
from monitor.decide.health import judge_failure
from monitor.decide.policy import Policy
from monitor.decide.snapshots import snapshot, why_begun
from monitor.match.watchlist import make_watchlist
from monitor.model.alert import AboutEntry, Alert, EntrySnapshot, NowWatching
from monitor.model.docket import Document
from monitor.model.follow import Follow, FollowState
from monitor.model.watch import EVERYTHING
from monitor.render.mail import text_of
from monitor.render.words import words_of
from monitor.sources.news_feed import NEWS
from tests import make
from tests.feeds import NOON
from tests.story import CTR, PACK, telling

PACER = "https://ecf.dcd.uscourts.gov/doc1/04500000010"
FREE = "https://www.courtlistener.com/docket/7/-/?order_by=desc#entry-10"
EXPECTED = Follow(
    lower_docket_id="dcd/1:25-cv-00457",
    court_id="cadc",
    appeal_number="",
    state=FollowState.PENDING,
    entry_id="e1",
    reason="NOTICE OF APPEAL",
    case_id="ctr-v-irs",
    case_label="CTR v. IRS",
    at=NOON,
    caption="CENTER FOR TAXPAYER RIGHTS v. IRS",
)


def now_watching(**more: Any) -> NowWatching:
    (alert,) = [one for one in make.every_alert() if isinstance(one, NowWatching) and one.entries]
    return replace(alert, **more)


# --- why ---


def sick(**more: object) -> str:
    """What is said of a source that fails."""
    evidence = make.evidence(policy=Policy(unhealthy_after=1), **more)  # type: ignore[arg-type]
    (alert,) = judge_failure(evidence, "HTTP 500").consequences.alerts
    return " ".join(text_of(words_of(alert)).split())


def test_a_feed_that_only_waits_for_an_appeal_is_no_feed_of_watched_dockets() -> None:
    cadc = make.source("court:cadc", court_id="cadc")
    said = sick(by=cadc, follows=[EXPECTED])
    assert "because an appeal is awaited in D.C. Cir., and this source would show it." in said
    assert "dockets that you watch" not in said
    assert "news" not in said
    assert "Dockets:" not in said
    assert "its silence does not mean that nothing happened" in said


def test_a_feed_of_the_press_is_no_feed_of_watched_dockets() -> None:
    said = sick(by=make.source("news:press", NEWS, court_id=""))
    assert "because this source is read for the cases that you watch." in said
    assert "filed" not in said


def test_a_feed_of_watched_dockets_names_them() -> None:
    said = sick()
    assert "because this source covers dockets that you watch." in said
    assert "Dockets: CTR v. IRS (D.D.C. 1:25-cv-00457)" in said


def test_who_was_not_asked_is_not_said_to_have_asked() -> None:
    bound = appeal_watch(replace(EXPECTED, appeal_number="26-5006"), NOON)
    assert why_begun(bound) == "you watch CTR v. IRS, and 26-5006 in D.C. Cir. is an appeal in it"
    assert why_begun(make.watch()) == "you asked to watch 1:25-cv-00457 in D.D.C."
    assert why_begun(make.watch(number=EVERYTHING)) == "you asked to watch every docket of D.D.C."


def test_a_watch_on_a_whole_court_shows_no_star() -> None:
    whole = replace(make.DOCKET, docket_number=EVERYTHING, case_name="")
    watched = replace(make.WATCHED, docket=whole)
    for alert in (now_watching(docket=whole), make.gap_opened(dockets=(watched,))):
        said = words_of(alert)
        assert "*" not in said.subject + text_of(said)
        assert "every docket of D.D.C." in text_of(said)


# --- commands ---


@pytest.mark.parametrize("alert", make.every_alert(), ids=lambda alert: alert.topic)
def test_only_whoever_runs_the_monitor_is_told_to_run_a_command(alert: Alert) -> None:
    """What the court did and what the press writes is read by people who have no such command."""
    operators = {"appeal_proposed", "gap_closed", "delivery_given_up", "clock_set_back", "test"}
    if alert.topic not in operators:
        assert "docket-monitor " not in text_of(words_of(alert))


def test_a_story_links_to_the_entry_that_it_may_be_about() -> None:
    about = AboutEntry("e1", make.DOCKET_ID, "Order", None, FREE)
    story = next(alert for alert in make.every_alert() if alert.topic == "story")
    said = words_of(replace(story, about=about))
    assert [item.url for item in said.items][-1] == FREE
    assert "docket-monitor" not in text_of(said)


# --- links ---


def shown(
    url: str = PACER, *, cl_docket_id: int | None = 7, documents: tuple[Document, ...] = ()
) -> EntrySnapshot:
    watchlist = make_watchlist([make.watch(cl_docket_id=cl_docket_id)])
    entry = replace(make.entry(url=url), documents=documents)
    return snapshot(entry, make.docket(), watchlist)


FREE_PDF = "https://storage.courtlistener.com/recap/gov.uscourts.dcd.1/x.pdf"


@pytest.mark.parametrize(
    ("found", "first"),
    [
        (shown(), FREE),
        (shown(""), FREE),
        (shown(cl_docket_id=None), PACER),
        (shown(documents=(Document("d", url=FREE_PDF, is_available=True),)), FREE_PDF),
        (shown(documents=(Document("d", url=FREE_PDF),)), FREE),
        (shown(documents=(Document("d", url=PACER, is_available=True),)), FREE),
        (shown("https://www.supremecourt.gov/x.pdf"), "https://www.supremecourt.gov/x.pdf"),
        (
            shown("https://www.courtlistener.com/docket/7/a/"),
            "https://www.courtlistener.com/docket/7/a/",
        ),
    ],
)
def test_the_free_link_is_the_first_where_one_is_known(found: EntrySnapshot, first: str) -> None:
    for alert in (
        make.filed(entries=(found,)),
        make.amended(entry=found),
        now_watching(entries=(found,)),
    ):
        links = [item.url for item in words_of(alert).items if item.url]
        assert links[0] == first


def test_the_courts_own_link_stands_beside_the_free_one() -> None:
    links = [item.url for item in words_of(make.filed(entries=(shown(),))).items]
    assert links == [FREE, PACER]


async def test_the_id_in_the_pack_makes_the_first_link_of_a_mail_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = PACK.replace(f'number: "{CTR}"', f'number: "{CTR}", courtlistener: 7')
    monkeypatch.setattr("tests.story.PACK", named)
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db") as story:
        story.files(2, "Order on Motion to Stay", entry=2)
        await story.polls()
        (text,) = [
            part for part in story.mails[-1].walk() if part.get_content_type() == "text/plain"
        ]
        links = re.findall(r"https?://\S+", text.get_content())
    assert links[0] == "https://www.courtlistener.com/docket/7/-/?order_by=desc#entry-2"
    assert "ecf.dcd.uscourts.gov" in links[1]
