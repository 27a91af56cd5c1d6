"""Whoever gets a case hears that its press feed cannot be read (config/monitor.yaml says so)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.decide.outcome import decide_after_failure
from monitor.decide.policy import Policy
from monitor.errors import SourceUnreachable
from monitor.match.watchlist import make_watchlist
from monitor.model.delivery import Rule
from monitor.model.source import Claim, Source, SourceState
from monitor.model.subjects import cases_of
from monitor.route.rules import route
from monitor.sources.courtlistener import APPEAL
from monitor.sources.news_feed import NEWS
from tests.feeds import NOON
from tests.make import watch

FEEDS = {
    "press": Source("news:press", NEWS, "https://x", timedelta(minutes=30)),
    "search for the appeal": Source(
        "cl:appeal:ctr-v-irs:dcd/1:25-cv-00457",
        APPEAL,
        "https://x",
        timedelta(days=1),
        court_id="cadc",
        caption="DOE v. ROE",
    ),
}


@pytest.mark.parametrize("source", FEEDS.values(), ids=FEEDS)
def test_whoever_gets_a_case_hears_that_its_press_feed_fails(source: Source) -> None:
    state = replace(SourceState(NOON, last_good_at=NOON - timedelta(days=2)), failures=2)
    claim = Claim(source, state, "lease")
    outcome = decide_after_failure(
        claim,
        SourceUnreachable("u", "HTTP 503"),
        make_watchlist([watch()]),
        Policy(unhealthy_after=3),
        NOON,
    )
    [alert] = outcome.consequences.alerts
    assert alert.topic == "source_unhealthy"
    assert cases_of(alert) == frozenset()
    assert route(alert, [Rule("rulings", ("desk",), cases=("ctr-v-irs",))]).recipients
