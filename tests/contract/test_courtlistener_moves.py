"""Dockets of CourtListener are merged, deleted and paged through: no source is stuck by it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.decide.policy import Policy
from monitor.errors import FetchError, SourceRefused, SourceUnreachable
from monitor.match.watchlist import make_watchlist
from monitor.model.outcome import PollOutcome
from monitor.model.source import Source, Traits
from monitor.poll import Poller, claim_due
from monitor.ports import Fetched, Request
from monitor.sources.courtlistener import DOCKET, DOCUMENTS, ENTRIES
from monitor.sources.registry import polled_readers
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.make import MINUTE, NUMBER, source, watch

API = "https://cl.example/api/rest/v4/"
HOUR = timedelta(hours=1)


@dataclass
class Site:
    """A fake fetcher: CourtListener with dockets, their rows in pages of two, and what it lost."""

    #: Docket id -> its rows, newest first.
    dockets: dict[int, list[int]]
    #: An id that was merged -> where it leads, if the site says so.
    leads: dict[int, int] = field(default_factory=dict)
    #: Pages given out before this were forgotten.
    pages_since: int = 0
    #: How it says that a docket of a listing is not there: an error, or 0 for an empty list.
    refusal: int = 400
    is_down: bool = False
    #: The number of its dockets, where they are none of ours.
    number: str = NUMBER
    asked: list[str] = field(default_factory=list)

    async def fetch(self, request: Request) -> Fetched:
        self.asked.append(request.url)
        if self.is_down:
            raise SourceUnreachable(request.url, "HTTP 503", status=503)
        path, query = urlsplit(request.url).path, parse_qs(urlsplit(request.url).query)
        if "/dockets/" in path:
            return self._docket(path.rsplit("/", 2)[1], request.url)
        return self._listing(query, request.url)

    def _docket(self, name: str, url: str) -> Fetched:
        if name == "dockets":
            return answered({"next": None, "results": [head(name) for name in self.dockets]})
        docket = self.leads.get(int(name), int(name))
        if docket not in self.dockets:
            raise failure(url, 404, "Not found.")
        return answered(head(docket) | {"docket_number": self.number})

    def _listing(self, query: dict[str, list[str]], url: str) -> Fetched:
        docket = int((query.get("docket") or query["docket_entry__docket"])[0])
        made, _, start = query.get("cursor", [f"{self.pages_since}.0"])[0].partition(".")
        if int(made) < self.pages_since:
            raise failure(url, 404, "Invalid cursor")
        if docket not in self.dockets:
            if self.refusal:
                raise failure(url, self.refusal, "Select a valid choice")
            return answered({"next": None, "results": []})
        rows, begin = self.dockets[docket], int(start)
        following = f"{url.partition('&cursor')[0]}&cursor={self.pages_since}.{begin + 2}"
        shown = [row(name) for name in rows[begin : begin + 2]]
        more = following if begin + 2 < len(rows) else None
        return answered({"next": more, "results": shown})


def answered(said: object) -> Fetched:
    return Fetched(json.dumps(said).encode())


def failure(url: str, status: int, said: str) -> FetchError:
    kind = SourceUnreachable if status == 404 else SourceRefused
    return kind(url, f'HTTP {status}: {{"detail": "{said}"}}', status=status)


def head(docket: int) -> dict[str, Any]:
    return {"id": docket, "docket_number": NUMBER, "date_terminated": None}


def row(name: int) -> dict[str, Any]:
    at = NOON + name * MINUTE
    return {"id": name, "date_modified": at.isoformat(), "description": f"ORDER no. {name}"}


@dataclass
class Desk:
    """Reads one source of the site again and again, in a real store."""

    store: SqlStore
    site: Site
    source: Source
    polls_made: int = 0

    async def poll(self) -> PollOutcome:
        with self.store.begin() as unit:
            unit.sources.put([self.source], NOON)
            unit.watches.put(watch())
        self.polls_made += 1
        now = NOON + self.polls_made * HOUR
        with self.store.begin() as unit:
            (claim,) = claim_due(unit, now, 1, 60, ids=[self.source.source_id])
            watches = unit.watches.all()
        poller = Poller(self.site, polled_readers(), self.store, Policy(), lambda: now, lambda: 0.5)
        return await poller.poll(claim, make_watchlist(watches))

    async def texts(self) -> set[str]:
        """What is known after the site was read to its end."""
        for _ in range(4):
            await self.poll()
        with self.store.begin() as unit:
            known = unit.entries.known(self.source.source_id, [f"cl:{n}" for n in range(100)])
        return set(known)


def cl(docket: int | None, traits: Traits = ENTRIES) -> Source:
    return replace(source("cl", traits, docket_number=NUMBER, cl_docket_id=docket), url=API)


@pytest.mark.parametrize("given", [None, 77], ids=["found by number", "given by its id"])
@pytest.mark.parametrize("refusal", [400, 404, 410, 0])
@pytest.mark.parametrize("leads", [{}, {77: 88}], ids=["deleted", "leads on"])
async def test_a_docket_that_was_merged_is_read_where_it_lies_now(
    store: SqlStore, given: int | None, refusal: int, leads: dict[int, int]
) -> None:
    desk = Desk(store, Site({77: [2, 1]}, refusal=refusal), cl(given))
    assert await desk.texts() == {"cl:1", "cl:2"}
    # The other docket's rows were there before: none of them is newer than what was read.
    desk.site.dockets, desk.site.leads = {88: [3, 2, 1, 0]}, leads
    assert not (await desk.poll()).failed
    assert await desk.texts() == {"cl:0", "cl:1", "cl:2", "cl:3"}
    desk.site.asked.clear()
    assert not (await desk.poll()).failed
    assert all("docket=88&" in url for url in desk.site.asked)


async def test_a_docket_is_merged_again_and_again(store: SqlStore) -> None:
    desk = Desk(store, Site({77: [1]}), cl(77))
    for docket in (77, 88, 99, 77):
        desk.site.dockets = {docket: [docket]}
        assert f"cl:{docket}" in await desk.texts()
        assert not (await desk.poll()).failed


@pytest.mark.parametrize("traits", [ENTRIES, DOCUMENTS, DOCKET], ids=lambda one: one.kind)
async def test_an_id_that_never_held_is_looked_up_by_number(
    store: SqlStore, traits: Traits
) -> None:
    desk = Desk(store, Site({88: [1]}), cl(77, traits))
    assert not (await desk.poll()).failed
    desk.site.asked.clear()
    assert not (await desk.poll()).failed
    assert not any("77" in url for url in desk.site.asked)


@pytest.mark.parametrize("leads", [{}, {77: 88}], ids=["deleted", "leads on"])
async def test_the_head_of_a_merged_docket_is_asked_for_where_it_lies(
    store: SqlStore, leads: dict[int, int]
) -> None:
    desk = Desk(store, Site({77: []}), cl(77, DOCKET))
    await desk.poll()
    desk.site.dockets, desk.site.leads = {88: []}, leads
    await desk.poll()
    desk.site.asked.clear()
    await desk.poll()
    assert desk.site.asked == [f"{API}dockets/88/"]


async def test_rows_follow_the_head_though_the_old_docket_still_answers(store: SqlStore) -> None:
    desk = Desk(store, Site({77: [1]}), cl(None))
    assert await desk.texts() == {"cl:1"}
    desk.site.dockets = {77: [1], 88: [2, 1]}
    heads = Desk(store, Site({88: []}), replace(cl(None, DOCKET), source_id="head"))
    await heads.poll()
    assert await desk.texts() == {"cl:1", "cl:2"}


async def test_a_page_that_was_forgotten_is_begun_again_with_the_first(store: SqlStore) -> None:
    rows = list(range(20, 0, -1))
    desk = Desk(store, Site({77: rows}), cl(77))
    await desk.poll()
    desk.site.pages_since, desk.site.dockets = 1, {77: [21, *rows]}
    outcome = await desk.poll()
    assert not outcome.failed
    assert "cl:21" in {one.sighting.sighting_key for one in outcome.consequences.sightings}
    assert await desk.texts() == {f"cl:{n}" for n in range(1, 22)}


async def test_what_was_forgotten_stays_so_though_the_poll_fails_after_it(store: SqlStore) -> None:
    """Else five calls a minute, spent up to the last page, would be spent so for ever."""

    class Falls(Site):
        async def fetch(self, request: Request) -> Fetched:
            if len(self.asked) == 1:
                self.is_down = True
            return await super().fetch(request)

    desk = Desk(store, Site({77: list(range(20, 0, -1))}), cl(77))
    await desk.poll()
    desk.site = Falls(desk.site.dockets, pages_since=1)
    assert (await desk.poll()).failed
    desk.site = Site(desk.site.dockets, pages_since=1)
    await desk.poll()
    assert not any("cursor=0." in url for url in desk.site.asked)


async def test_a_site_that_lost_the_docket_is_a_failure_and_the_docket_is_asked_for_again(
    store: SqlStore,
) -> None:
    desk = Desk(store, Site({77: [1]}), cl(77))
    await desk.poll()
    desk.site.dockets = {}
    assert "77" in (await desk.poll()).failed
    desk.site.dockets = {77: [2, 1]}
    assert not (await desk.poll()).failed
    assert await desk.texts() == {"cl:1", "cl:2"}


async def test_an_answer_of_404_to_everything_costs_few_calls_and_forgets_nothing(
    store: SqlStore,
) -> None:
    class Gone(Site):
        async def fetch(self, request: Request) -> Fetched:
            self.asked.append(request.url)
            raise failure(request.url, 404, "down for maintenance")

    desk = Desk(store, Site({77: [2, 1]}), cl(77))
    assert await desk.texts() == {"cl:1", "cl:2"}
    whole, desk.site = desk.site, Gone({})
    for _ in range(3):
        assert (await desk.poll()).failed
    assert len(desk.site.asked) <= 6
    desk.site = whole
    outcome = await desk.poll()
    assert (outcome.failed, outcome.consequences.entries) == ("", ())


async def test_who_corrects_the_id_of_a_docket_has_that_docket_read(store: SqlStore) -> None:
    desk = Desk(store, Site({77: [1], 88: [2]}), cl(77))
    assert await desk.texts() == {"cl:1"}
    desk.source = cl(88)
    assert await desk.texts() == {"cl:1", "cl:2"}


async def test_an_id_of_another_docket_is_refused_and_nothing_of_it_told(store: SqlStore) -> None:
    site = Site({88: [1, 2]}, number="1:25-cv-09999")
    outcome = await Desk(store, site, cl(88)).poll()
    assert "is 1:25-cv-09999, not 1:25-cv-00457" in outcome.failed
    assert outcome.consequences.entries == ()
