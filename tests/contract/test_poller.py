"""One poll: what a source answers, and what is remembered where it answers badly or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor.decide.policy import Policy
from monitor.errors import (
    AskedTooOften,
    LeaseLost,
    ParseError,
    QuotaSpent,
    SourceRefused,
    SourceUnreachable,
)
from monitor.match.watchlist import make_watchlist
from monitor.model.outcome import Consequences, PollOutcome
from monitor.model.quota import LookUp, Priority, Purpose
from monitor.model.reading import Reading
from monitor.model.source import Claim, Source
from monitor.poll import MOST_REQUESTS, Poller, claim_due
from monitor.ports import Fetched, NotModified, PolledReader, Request
from monitor.sources.courtlistener import APPEAL, DOCKET, ENTRIES
from monitor.sources.news_feed import NEWS
from monitor.sources.registry import polled_readers
from monitor.store import schema
from monitor.store.database import SqlStore
from tests.feeds import NOON, feed, item, series
from tests.make import DAY, DOCKET_ID, HOUR, MINUTE, NUMBER, source, watch

Answer = Fetched | NotModified | Exception
COURT = source()
CL = source(f"cl:entries:{DOCKET_ID}", ENTRIES, docket_number=NUMBER)
PRESS = source("press", NEWS, court_id="")
PRESS_PAGE = Fetched(
    b"<rss version='2.0'><channel><title>Press</title><item><title>Judge rules</title>"
    b"<guid>1</guid></item></channel></rss>",
    etag='"1"',
    last_modified="Mon, 02 Mar 2026 12:00:00 GMT",
)
#: It began after all that the pages below show at first.
WATCH = watch(since=NOON + DAY)
WATCHLIST = make_watchlist([WATCH])


@dataclass
class Court:
    """A fake fetcher: gives its answers one after the other, then the last one for ever."""

    answers: list[Answer]
    asked: list[Request] = field(default_factory=list)

    async def fetch(self, request: Request) -> Fetched | NotModified:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


class Drips:
    """Takes the request and never finishes its answer."""

    async def fetch(self, request: Request) -> Fetched | NotModified:
        await asyncio.Event().wait()
        raise AssertionError


@dataclass
class Clerk:
    """A poller over a real store, with a clock turned by hand."""

    store: SqlStore
    now: datetime = NOON

    def begin(self, *sources: Source) -> None:
        with self.store.begin() as unit:
            unit.sources.put(sources or [COURT], self.now)
            unit.watches.put(WATCH)

    def poller(
        self,
        *answers: Answer,
        fetcher: Court | Drips | None = None,
        readers: Mapping[str, PolledReader] | None = None,
        total_seconds: float = 90.0,
    ) -> Poller:
        return Poller(
            fetcher=fetcher or Court(list(answers)),
            readers=readers or polled_readers(),
            store=self.store,
            policy=Policy(),
            now=lambda: self.now,
            chance=lambda: 0.5,
            total_seconds=total_seconds,
        )

    def claim(self, *ids: str, lease_seconds: float = 60) -> list[Claim]:
        with self.store.begin() as unit:
            return claim_due(unit, self.now, 9, lease_seconds, ids or None)

    async def polls(self, *answers: Answer, by: Source = COURT) -> PollOutcome:
        """Ten minutes later, one source is read."""
        self.now += 10 * MINUTE
        (claim,) = self.claim(by.source_id)
        return await self.poller(*answers).poll(claim, WATCHLIST)

    def waiting(self) -> list[str]:
        """The topics of all that is to be told."""
        with self.store.begin() as unit:
            return [alert.topic for alert in unit.outbox.unrouted(100)]


@pytest.fixture
def clerk(store: SqlStore) -> Clerk:
    found = Clerk(store)
    found.begin()
    return found


def page(*items: str, built: datetime = NOON) -> Fetched:
    return Fetched(feed(*items, built=built))


# --- good answers ---


async def test_not_modified_keeps_all_and_counts_as_a_good_reading(store: SqlStore) -> None:
    clerk = Clerk(store)
    clerk.begin(PRESS)
    first = await clerk.polls(PRESS_PAGE, by=PRESS)
    assert (first.failed, first.items_read) == ("", 1)
    court = Court([NotModified()])
    for _ in range(2):
        clerk.now += HOUR
        (claim,) = clerk.claim()
        same = await clerk.poller(fetcher=court).poll(claim, WATCHLIST)
        assert (same.failed, same.consequences) == ("", Consequences())
        assert same.state.last_good_at == clerk.now
        assert same.state.window == first.state.window
    assert {(request.etag, request.last_modified) for request in court.asked} == {
        ('"1"', "Mon, 02 Mar 2026 12:00:00 GMT")
    }


async def test_a_bad_answer_keeps_the_validators_of_the_last_good_one(store: SqlStore) -> None:
    clerk = Clerk(store)
    clerk.begin(PRESS)
    await clerk.polls(PRESS_PAGE, by=PRESS)
    bad = await clerk.polls(Fetched(b"<html>maintenance", etag='"bad"'), by=PRESS)
    assert bad.failed
    assert bad.state.etag == '"1"'


async def test_a_reading_that_is_read_twice_is_told_once(clerk: Clerk) -> None:
    await clerk.polls(page(*series([1])))
    await clerk.polls(page(*series([1, 2])))
    told = clerk.waiting()
    outcome = await clerk.polls(page(*series([1, 2])))
    assert outcome.consequences.alerts == ()
    assert clerk.waiting() == told
    assert told.count("filed") == 1


async def test_one_odd_item_costs_no_other_item(clerk: Clerk) -> None:
    await clerk.polls(page(*series([1])))
    odd = [
        item(event="\u202e&#0;&#xD800; <b>Order</b>", seq=20, entry=10**30),
        item(event="x" * 50_000, seq=21, entry=2**31),
        item(
            name="\r\nBcc: everybody@example.org", seq=22, at=datetime(1, 1, 1, tzinfo=NOON.tzinfo)
        ),
        "<item><title/></item>",
    ]
    outcome = await clerk.polls(
        page(*(one.encode("ascii", "xmlcharrefreplace").decode() for one in odd), *series([1, 2]))
    )
    assert outcome.failed == ""
    numbers = {entry.entry_number for entry in outcome.consequences.entries}
    assert 2 in numbers


# --- bad answers ---

FAILURES: dict[str, Exception | bytes] = {
    "down": SourceUnreachable("https://x", "HTTP 503"),
    "refused": SourceRefused("https://x", "HTTP 403"),
    "asked too often": AskedTooOften("https://x", "HTTP 429", retry_after=1800.0),
    "a page about maintenance": b"<html><body>We are down for maintenance</body></html>",
    "nothing": b"",
    "half a feed": feed(*series([1, 2, 3]))[:400],
    "another feed's bytes": bytes(range(256)) * 40,
}


@pytest.mark.parametrize("answer", FAILURES.values(), ids=FAILURES)
async def test_a_bad_answer_touches_nothing_that_was_read_and_loses_nothing(
    clerk: Clerk, answer: Exception | bytes
) -> None:
    before = await clerk.polls(page(*series([1])))
    bad = Fetched(answer, etag='"bad"') if isinstance(answer, bytes) else answer
    failed = await clerk.polls(bad)
    assert failed.failed
    assert failed.state.window == before.state.window
    assert failed.state.covered_until == before.state.covered_until
    assert failed.state.failures == 1
    assert failed.state.last_error == failed.failed
    assert clerk.now < failed.state.next_due_at <= clerk.now + 7 * HOUR
    good = await clerk.polls(page(*series([1, 2])))
    assert [alert.topic for alert in good.consequences.alerts] == ["filed"]
    assert good.state.failures == 0


async def test_a_source_that_asks_for_rest_is_given_it(clerk: Clerk) -> None:
    outcome = await clerk.polls(AskedTooOften("https://x", "HTTP 429", retry_after=3600.0))
    assert outcome.state.next_due_at >= clerk.now + HOUR
    clerk.now += 59 * MINUTE
    assert clerk.claim() == []


async def test_a_source_that_stays_down_is_told_once_and_its_return_too(clerk: Clerk) -> None:
    await clerk.polls(page(*series([1])))
    for _ in range(6):
        await clerk.polls(SourceUnreachable("https://x", "HTTP 503"))
    assert clerk.waiting().count("source_unhealthy") == 1
    await clerk.polls(page(*series([1]), built=clerk.now))
    assert clerk.waiting().count("source_recovered") == 1


async def test_an_answer_that_does_not_end_is_a_failure_like_another(clerk: Clerk) -> None:
    (claim,) = clerk.claim()
    poller = clerk.poller(fetcher=Drips(), total_seconds=0.01)
    outcome = await poller.poll(claim, WATCHLIST)
    assert outcome.failed
    assert isinstance(await poller.read(claim, WATCHLIST), SourceUnreachable)


class Insatiable:
    """A reader that always wants one more page."""

    def first_request(self, source: object, state: object) -> Request:
        return Request("https://x/1")

    def read(self, *_: object) -> Reading | Request:
        return Request("https://x/next")


async def test_a_listing_without_end_is_given_up(clerk: Clerk) -> None:
    (claim,) = clerk.claim()
    court = Court([page()])
    readers: Mapping[str, PolledReader] = {COURT.traits.kind: Insatiable()}
    answer = await clerk.poller(fetcher=court, readers=readers).read(claim, WATCHLIST)
    assert isinstance(answer, ParseError)
    assert len(court.asked) == MOST_REQUESTS


class Broken(Insatiable):
    def read(self, *_: object) -> Reading | Request:
        raise KeyError("channel")


async def test_a_bug_in_a_reader_is_remembered_and_the_source_asked_later(clerk: Clerk) -> None:
    (claim,) = clerk.claim()
    poller = clerk.poller(page(), readers={COURT.traits.kind: Broken()})
    with pytest.raises(KeyError) as caught:
        await poller.poll(claim, WATCHLIST)
    poller.postpone(claim, caught.value, WATCHLIST)
    assert clerk.claim() == []
    clerk.now += HOUR
    (again,) = clerk.claim()
    assert again.state.failures == 1
    assert "channel" in again.state.last_error


async def test_who_was_overtaken_tells_nothing_and_the_other_tells_it_once(clerk: Clerk) -> None:
    await clerk.polls(page(*series([1])))
    told = clerk.waiting()
    clerk.now += HOUR
    (slow,) = clerk.claim(lease_seconds=60)
    clerk.now += 2 * MINUTE
    (fast,) = clerk.claim()
    news = page(*series([1, 2]))
    with pytest.raises(LeaseLost):
        await clerk.poller(news).poll(slow, WATCHLIST)
    assert clerk.waiting() == told
    await clerk.poller(news).poll(fast, WATCHLIST)
    assert clerk.waiting() == [*told, "filed"]
    with pytest.raises(LeaseLost):
        clerk.poller().postpone(slow, ParseError("late"), WATCHLIST)


# --- the quota ---


def spend(clerk: Clerk, calls: int, priority: Priority = Priority.TEXT) -> None:
    with clerk.store.begin() as unit:
        for _ in range(calls):
            unit.quota.record("cl", priority, clerk.now)


def calls_made(clerk: Clerk) -> int:
    with clerk.store.begin() as unit:
        query = sa.select(sa.func.count()).select_from(schema.api_calls)
        return unit.connection.scalar(query) or 0


async def test_a_call_that_the_quota_has_no_room_for_is_not_made_and_is_no_failure(
    store: SqlStore,
) -> None:
    clerk = Clerk(store)
    clerk.begin(CL)
    (claim,) = clerk.claim()
    spend(clerk, 5)
    court = Court([Fetched(b"{}")])
    poller = clerk.poller(fetcher=court)
    outcome = await poller.poll(claim, WATCHLIST)
    assert court.asked == []
    assert (outcome.failed, outcome.state.failures) == ("", 0)
    assert outcome.postponed
    assert outcome.state.next_due_at == NOON + MINUTE
    assert isinstance(await poller.read(claim, WATCHLIST), QuotaSpent)
    assert calls_made(clerk) == 5


async def test_a_call_is_counted_even_if_its_answer_is_bad(store: SqlStore) -> None:
    clerk = Clerk(store)
    clerk.begin(CL)
    (claim,) = clerk.claim()
    outcome = await clerk.poller(SourceUnreachable("https://x", "HTTP 502")).poll(claim, WATCHLIST)
    assert outcome.failed
    assert calls_made(clerk) == 1


async def test_where_courtlistener_says_too_many_everybody_rests(store: SqlStore) -> None:
    clerk = Clerk(store)
    head = source("cl:docket", DOCKET, docket_number=NUMBER)
    clerk.begin(CL, head)
    (claim,) = clerk.claim(CL.source_id)
    too_many = AskedTooOften("https://x", "HTTP 429", retry_after=600.0)
    outcome = await clerk.poller(too_many).poll(claim, WATCHLIST)
    assert (outcome.failed, outcome.state.failures) == ("", 0)
    clerk.now += 9 * MINUTE
    assert clerk.claim() == []
    clerk.now += 12 * MINUTE
    assert len(clerk.claim()) == 2


@pytest.mark.parametrize(
    "request_",
    [Request("https://x", is_metered=False), Request("https://x", is_metered=True, is_free=True)],
)
async def test_what_costs_nothing_is_not_counted(store: SqlStore, request_: Request) -> None:
    class Free(Insatiable):
        def first_request(self, source: object, state: object) -> Request:
            return request_

        def read(self, *_: object) -> Reading | Request:
            return Reading()

    clerk = Clerk(store)
    clerk.begin(CL)
    (claim,) = clerk.claim()
    spend(clerk, 5)
    answer = await clerk.poller(page(), readers={ENTRIES.kind: Free()}).read(claim, WATCHLIST)
    assert isinstance(answer, Reading)
    assert replace(answer, bodies=()) == Reading()
    assert calls_made(clerk) == 5


# --- who is read ---


def names(claims: list[Claim]) -> list[str]:
    return [claim.source.source_id for claim in claims]


def test_those_due_longest_are_read_first_and_no_more_than_asked_for(store: SqlStore) -> None:
    with store.begin() as unit:
        for minutes in (2, 0, 1, 3):
            unit.sources.put([source(f"s{minutes}")], NOON + minutes * MINUTE)
        assert names(claim_due(unit, NOON - MINUTE, 9, 60)) == []
        assert names(claim_due(unit, NOON + 2 * MINUTE, 2, 60)) == ["s0", "s1"]
        assert names(claim_due(unit, NOON + 2 * MINUTE, 2, 60)) == ["s2"]


def test_a_person_may_have_a_source_read_before_its_turn_but_not_while_it_is_read(
    store: SqlStore,
) -> None:
    with store.begin() as unit:
        unit.sources.put([source("later"), source("resting", enabled=False)], NOON + DAY)
        wanted = ["later", "resting", "unknown"]
        assert names(claim_due(unit, NOON, 3, 60, wanted)) == ["later"]
        assert names(claim_due(unit, NOON, 3, 60, wanted)) == []
        assert names(claim_due(unit, NOON, 3, 60, [])) == []


def test_whom_the_quota_has_no_room_for_waits_and_holds_up_nobody(store: SqlStore) -> None:
    clerk = Clerk(store)
    clerk.begin(CL, COURT, source("cl:appeal", APPEAL))
    spend(clerk, 3, Priority.GAP)
    claims = clerk.claim(lease_seconds=600)
    assert names(claims) == ["court:dcd"]
    assert [claim.priority for claim in claims] == [None]
    clerk.now += 15 * timedelta(seconds=1)
    assert clerk.claim() == []
    clerk.now = NOON + 2 * MINUTE
    assert set(names(clerk.claim())) == {CL.source_id, "cl:appeal"}


def test_a_text_that_waits_makes_its_source_the_most_urgent(store: SqlStore) -> None:
    clerk = Clerk(store)
    clerk.begin(CL, source("cl:docket", DOCKET), source("cl:appeal", APPEAL))
    asked = LookUp(Purpose.TEXT, CL.source_id, "e1", Priority.TEXT, NOON, NOON)
    (claim,) = clerk.claim(CL.source_id)
    with store.begin() as unit:
        found = Consequences(look_ups=(asked,))
        unit.save(PollOutcome(CL.source_id, claim.lease, NOON, claim.state, found))
    spend(clerk, 4)
    (chosen,) = clerk.claim()
    assert (chosen.source.source_id, chosen.priority) == (CL.source_id, Priority.TEXT)


def test_a_person_may_spend_what_is_kept_for_texts_and_no_more(store: SqlStore) -> None:
    clerk = Clerk(store)
    clerk.begin(CL, source("cl:docket", DOCKET))
    spend(clerk, 4)
    assert len(clerk.claim(CL.source_id, "cl:docket")) == 1
    spend(clerk, 1)
    clerk.now += timedelta(seconds=30)
    assert clerk.claim("cl:docket") == []
