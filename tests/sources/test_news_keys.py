"""Items of a news feed without a name, or with one that no database takes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.decide.policy import Policy
from monitor.match.watchlist import make_watchlist
from monitor.model.watch import NewsTerms
from monitor.poll import Poller, claim_due
from monitor.store.database import SqlStore, open_store
from tests.feeds import NOON
from tests.sources.test_news_feed import JSON_ITEM, PRESS, json_feed, read, rss, stories


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


HALVES = ["\ud83d", "\ude00", "a\ud83d b", "\ude00\ud83d"]


@pytest.mark.parametrize("half", HALVES, ids=ascii)
@pytest.mark.parametrize(
    "name",
    ["id", "url", "title", "summary", "content_text", "content_html", "date_published", "authors"],
)
def test_half_a_letter_in_any_field_costs_no_story(store: SqlStore, name: str, half: str) -> None:
    odd = {"id": "g2", "title": "Acme Clinic sues", name: f"Acme Clinic {half}"}
    told = Press(store, json_feed(odd, JSON_ITEM | {"title": "Acme Clinic wins appeal"})).polls(1)
    assert "Acme Clinic wins appeal" in told
    assert len(told) == 2


# --- one id for several stories ---

HEADLINES = [
    "Judge halts sharing of records of Acme Clinic",
    "Acme Clinic asks Congress for 12 million dollars",
    "Fire damages roof of Acme Clinic in Springfield",
    "Acme Clinic names Jane Roe its new director",
]
IDS = {
    "one id for all": lambda n: "news",
    "the feed's address": lambda n: PRESS.url,
    "no id": lambda n: "",
    "blanks": lambda n: "  \n ",
    "hidden signs": lambda n: "\u200b\u200b",
    "two ids for four": lambda n: f"g{n % 2}",
    "an id of 400 letters": lambda n: "x" * 400,
}
LINKS = {
    "each its own": lambda n: f"https://press.example/{n}",
    "one for all": lambda n: "https://press.example/news/",
    "the home page": lambda n: "https://press.example/",
    "none": lambda n: "",
}


class Press:
    """One feed of the press, read once an hour into a real store."""

    def __init__(self, store: SqlStore, body: bytes) -> None:
        self.store, self.body, self.now = store, body, NOON
        with store.begin() as unit:
            unit.sources.put([PRESS], NOON)

    def polls(self, times: int = 2) -> list[str]:
        """The headlines that are kept, of so many readings."""
        return [title for _ in range(times) for title in self._poll()]

    def _poll(self) -> list[str]:
        self.now += timedelta(hours=1)
        with self.store.begin() as unit:
            (claim,) = claim_due(unit, self.now, 1, 3600, ids=["press"])
        policy = Policy(news_terms=(NewsTerms("c", "C", names=("Acme Clinic",)),))
        poller = Poller(None, {}, self.store, policy, lambda: self.now, lambda: 0.5)  # type: ignore[arg-type]
        outcome = poller.conclude(claim, read(self.body), make_watchlist([]))
        assert not outcome.failed
        # What is kept is told: one alert has one id.
        ids = {alert.alert_id for alert in outcome.consequences.alerts}
        assert len(ids) == len(outcome.consequences.alerts)
        return [one.item.title for one in outcome.consequences.stories]


def items(id_of: Any, link_of: Any, places: range) -> list[str]:
    return [
        f"<item><title>{HEADLINES[n]}</title><link>{link_of(n)}</link><guid>{id_of(n)}</guid></item>"
        for n in places
    ]


@pytest.mark.parametrize("id_of", IDS.values(), ids=IDS)
@pytest.mark.parametrize("link_of", LINKS.values(), ids=LINKS)
def test_an_id_that_several_stories_share_costs_none(
    tmp_path: Path, id_of: Any, link_of: Any
) -> None:
    press = Press(open_store(f"sqlite:///{tmp_path}/m.db"), rss(*items(id_of, link_of, range(2))))
    assert sorted(press.polls()) == sorted(HEADLINES[:2])
    press.body = rss(*items(id_of, link_of, range(1, 4)))
    assert sorted(press.polls()) == sorted(HEADLINES[2:])
    press.body = rss(*items(id_of, link_of, range(4)))
    assert press.polls() == []


@pytest.mark.parametrize("id_of", [IDS["one id for all"], IDS["the feed's address"]])
def test_a_feed_of_one_item_tells_each_in_turn(store: SqlStore, id_of: Any) -> None:
    press = Press(store, rss())
    for n, headline in enumerate(HEADLINES):
        press.body = rss(*items(id_of, LINKS["each its own"], range(n, n + 1)))
        assert press.polls() == [headline]


def test_a_headline_written_anew_over_one_page_is_no_other_story(store: SqlStore) -> None:
    press = Press(store, json_feed(JSON_ITEM | {"title": HEADLINES[0]}))
    assert press.polls() == [HEADLINES[0]]
    press.body = json_feed(JSON_ITEM | {"title": "Ruling for Acme Clinic: what to know"})
    assert press.polls() == []


def test_an_address_that_moves_makes_no_other_story(store: SqlStore) -> None:
    press = Press(store, json_feed(JSON_ITEM | {"title": HEADLINES[0]}))
    press.polls()
    press.body = json_feed(JSON_ITEM | {"title": HEADLINES[0], "url": "https://press.example/?x"})
    assert press.polls() == []
