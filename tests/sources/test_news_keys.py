"""Items of a news feed without a name, or with one that no database takes."""

from __future__ import annotations

import pytest

from monitor.decide.policy import Policy
from monitor.match.watchlist import make_watchlist
from monitor.model.watch import NewsTerms
from monitor.poll import Poller, claim_due
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.sources.test_news_feed import JSON_ITEM, PRESS, json_feed, read, stories


def test_items_without_a_name_are_told_apart() -> None:
    found = stories(json_feed({"content_text": "Judge rules"}, {"content_text": "Clinic appeals"}))
    assert len({story.item_key for story in found}) == 2
    assert all(story.item_key for story in found)


@pytest.mark.parametrize("odd", ["\ud800", "\ud800" * 301, "a\x00b"])
def test_a_name_that_no_database_takes_costs_no_story(store: SqlStore, odd: str) -> None:
    found = read(
        json_feed(
            JSON_ITEM, {"id": odd, "url": f"https://x.example/{odd}", "title": "Acme Clinic sues"}
        )
    )
    with store.begin() as unit:
        unit.sources.put([PRESS], NOON)
        (claim,) = claim_due(unit, NOON, 1, 3600, ids=["press"])
    policy = Policy(news_terms=(NewsTerms("c", "C", names=("Acme Clinic",)),))
    poller = Poller(None, {}, store, policy, lambda: NOON, lambda: 0.5)  # type: ignore[arg-type]
    assert len(poller.conclude(claim, found, make_watchlist([])).consequences.stories) == 1
