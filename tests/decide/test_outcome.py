"""One poll, one value: what is told, when it is asked again, and that nothing is told twice."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.decide.outcome import GO_ON_AFTER, decide, decide_after_failure
from monitor.decide.policy import Policy
from monitor.errors import AskedTooOften, ParseError, QuotaSpent, SourceRefused, SourceUnreachable
from monitor.match.watchlist import make_watchlist
from monitor.model.alert import Filed
from monitor.model.docket import Document, Sighting
from monitor.model.outcome import Consequences, PollOutcome, Unreadable
from monitor.model.quota import Limit, Priority
from monitor.model.reading import Memory, Reading
from monitor.model.source import NEVER, Claim, Source, SourceState, Window
from monitor.model.subjects import entries_of
from monitor.sources import courtlistener
from tests.decide.test_compare import remembered, row, seen
from tests.feeds import NOON
from tests.make import DAY, HOUR, MINUTE, NUMBER, source, watch

FEED = source()
LISTING = source("cl:entries", courtlistener.ENTRIES, docket_number=NUMBER)
PUSHED = source("cl:webhook", courtlistener.WEBHOOK)
STATE = SourceState(
    NOON,
    last_good_at=NOON - 10 * MINUTE,
    built_at=NOON - 30 * MINUTE,
    covered_until=NOON - 30 * MINUTE,
    etag='"1"',
    cursor="c1",
    window=Window(region_hash=b"old", fingerprints=b"x" * 16),
)
READ = Memory(baselines=frozenset({"w"}))
WATCHLIST = make_watchlist([watch()])


def claim(by: Source = FEED, state: SourceState = STATE, **more: Any) -> Claim:
    return Claim(by, state, "lease", **more)


def poll(
    *sightings: Sighting,
    held: Claim | None = None,
    memory: Memory = READ,
    chance: float = 0.5,
    **more: Any,
) -> PollOutcome:
    values: dict[str, Any] = {"built_at": NOON, "total": 9, "shared": 3} | more
    reading = Reading(sightings=sightings, **values)
    return decide(held or claim(), reading, memory, WATCHLIST, Policy(), NOON, chance)


def failing(error: Exception, held: Claim | None = None, chance: float = 0.5) -> PollOutcome:
    return decide_after_failure(held or claim(), error, WATCHLIST, Policy(), NOON, chance)


# --- a good answer ---


def test_an_outcome_holds_the_lease_the_moment_and_all_that_follows() -> None:
    lost = Unreadable("court:dcd", "<item>", "no title")
    found = poll(seen(), seen("Notice", 11), unreadable=(lost,))
    assert (found.source_id, found.lease, found.at) == ("court:dcd", "lease", NOON)
    assert found.items_read == 3
    assert found.consequences.unreadable == (lost,)
    assert [alert.topic for alert in found.consequences.alerts] == ["filed", "filed", "gap_opened"]
    assert (found.failed, found.postponed) == ("", "")


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_a_source_is_due_again_about_its_interval_later(chance: float) -> None:
    rest = poll(chance=chance).state.next_due_at - NOON
    assert 9 * MINUTE <= rest <= 11 * MINUTE


def test_half_a_listing_goes_on_soon_and_what_is_pushed_is_never_asked() -> None:
    rest = poll(held=claim(LISTING), is_partial=True).state.next_due_at - NOON
    assert rest < 2 * GO_ON_AFTER < LISTING.every
    assert poll(held=claim(PUSHED)).state.next_due_at == NEVER


def test_half_a_listing_vouches_for_nothing() -> None:
    whole, half = poll(held=claim(LISTING)), poll(held=claim(LISTING), is_partial=True)
    assert whole.state.covered_until == NOON
    assert half.state.covered_until == claim(LISTING).state.covered_until


def test_a_window_is_written_only_where_it_changed() -> None:
    still, moved = poll(), poll(window=Window(region_hash=b"new"))
    assert (still.window_changed, still.state.window) == (False, STATE.window)
    assert (moved.window_changed, moved.state.window.region_hash) == (True, b"new")


def test_what_the_server_says_of_the_quota_carries_the_moment() -> None:
    (limit,) = poll(limits=(Limit("5/min", 5, 60, used=2),)).limits
    assert (limit.used, limit.as_of) == (2, NOON)


def test_a_gap_an_order_and_the_verdict_come_in_one_value() -> None:
    long_ago = NOON - 2 * DAY
    state = replace(STATE, last_good_at=long_ago, built_at=long_ago)
    found = poll(*(seen("Order", n) for n in range(8)), held=claim(state=state), shared=0)
    topics = [alert.topic for alert in found.consequences.alerts]
    assert topics == ["filed"] * 8 + ["gap_opened", "caught_up"]
    assert "gap_opened" in {change.kind for change in found.consequences.changes}


# --- failures ---


@pytest.mark.parametrize(
    "error",
    [
        SourceUnreachable("https://x", "HTTP 503"),
        SourceRefused("https://x", "HTTP 403"),
        ParseError("this is no feed"),
        AskedTooOften("https://x", "HTTP 429"),
        ZeroDivisionError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_failure_touches_nothing_that_the_source_showed(error: Exception) -> None:
    found = failing(error)
    assert found.consequences == Consequences()
    assert not found.window_changed
    kept = ("last_good_at", "built_at", "covered_until", "etag", "cursor", "window")
    assert [getattr(found.state, name) for name in kept] == [getattr(STATE, name) for name in kept]
    assert found.failed
    assert NOON < found.state.next_due_at <= NOON + HOUR


def test_a_failure_that_lasts_is_asked_rarely_but_never_given_up() -> None:
    for failures in (5, 50, 100_000):
        tired = claim(state=replace(STATE, failures=failures, unhealthy_since=NOON))
        rest = failing(SourceUnreachable("https://x", "HTTP 503"), tired).state.next_due_at - NOON
        assert 10 * MINUTE < rest <= 3 * HOUR


def test_what_a_source_asks_for_is_obeyed_within_reason() -> None:
    def rest(seconds: float) -> timedelta:
        error = SourceUnreachable("https://x", "HTTP 503", retry_after=seconds)
        return failing(error).state.next_due_at - NOON

    assert timedelta(seconds=600) < rest(600) < timedelta(seconds=660)
    assert rest(10**9) <= timedelta(hours=26)


def test_the_third_failure_in_a_row_is_told_with_what_was_said() -> None:
    tired = claim(state=replace(STATE, failures=2))
    (alert,) = failing(ParseError("this is the feed of 'mad'"), tired).consequences.alerts
    assert alert.topic == "source_unhealthy"
    assert alert.reason == "this is the feed of 'mad'"


# --- the quota ---

METERED = claim(LISTING, priority=Priority.RECONCILE)


def test_a_spent_quota_is_no_failure_and_waits_for_its_time() -> None:
    found = failing(QuotaSpent("https://x", NOON + 20 * MINUTE), METERED)
    assert found.state == replace(STATE, next_due_at=NOON + 20 * MINUTE)
    assert (found.failed, found.blocked_until, found.consequences) == ("", None, Consequences())
    assert found.postponed


@pytest.mark.parametrize(("seconds", "least"), [(None, 60), (300.0, 300)])
def test_whoever_asked_too_often_rests_with_all_others(seconds: float | None, least: int) -> None:
    found = failing(AskedTooOften("https://x", "HTTP 429", retry_after=seconds), METERED)
    assert found.blocked_until is not None
    assert timedelta(seconds=least) < found.blocked_until - NOON < timedelta(seconds=least + 60)
    assert found.state.next_due_at == found.blocked_until
    assert found.state.failures == 0


def test_a_quota_that_frees_itself_this_second_is_not_asked_in_a_loop() -> None:
    found = failing(QuotaSpent("https://x", NOON - HOUR), METERED)
    assert found.state.next_due_at > NOON


def test_a_court_that_says_429_has_failed() -> None:
    found = failing(AskedTooOften("https://x", "HTTP 429"))
    assert (found.state.failures, found.blocked_until) == (1, None)


# --- nothing twice, nothing lost ---

ITEMS = st.lists(
    st.builds(
        lambda event, seq, has_paper: seen(
            event,
            seq,
            published_at=NOON - (20 - seq) * MINUTE,
            documents=(Document(f"0450{seq:07d}"),) if has_paper else (),
        ),
        st.sampled_from(["Order", "Notice", "Notice of Appeal", "~Util - Set/Reset Deadlines"]),
        st.integers(1, 8),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda one: one.sighting_key,
)


def told(found: PollOutcome) -> set[tuple[str, frozenset[str]]]:
    return {(a.alert_id, frozenset(entries_of(a))) for a in found.consequences.alerts}


@given(ITEMS)
def test_the_same_reading_twice_tells_nothing_the_second_time(items: list[Sighting]) -> None:
    first = poll(*items)
    memory = remembered(READ, first.consequences)
    again = poll(*items, held=claim(state=first.state), memory=memory)
    assert again.consequences.alerts == ()
    assert again.consequences.entries == ()


@given(ITEMS, st.integers(0, 10_000))
def test_the_order_of_the_items_tells_no_other_filings(items: list[Sighting], seed: int) -> None:
    shuffled = random.Random(seed).sample(items, len(items))
    assert told(poll(*items)) == told(poll(*shuffled))


@given(ITEMS, st.integers(0, 12))
def test_a_feed_read_in_two_polls_tells_every_filing_once(items: list[Sighting], cut: int) -> None:
    first = poll(*items[:cut])
    memory = remembered(READ, first.consequences)
    then = poll(*items, held=claim(state=first.state), memory=memory)
    filings = [
        name
        for found in (first, then)
        for alert in found.consequences.alerts
        if isinstance(alert, Filed)
        for name in entries_of(alert)
    ]
    assert len(filings) == len(set(filings)) == len({one.entry_keys for one in items})


@given(ITEMS)
def test_a_first_reading_tells_of_nothing_but_itself(items: list[Sighting]) -> None:
    watchlist = make_watchlist([watch(since=NOON)])
    reading = Reading(sightings=tuple(items), window=Window(), built_at=NOON, total=9)
    found = decide(claim(state=SourceState(NOON)), reading, Memory(), watchlist, Policy(), NOON)
    topics = {alert.topic for alert in found.consequences.alerts}
    assert topics == {"now_watching"}
    assert len(found.consequences.entries) == len({one.entry_keys for one in items})


def test_an_order_that_two_sources_show_is_filed_once_and_then_amended() -> None:
    first = poll(seen())
    memory = remembered(READ, first.consequences, "cl:entries")
    listed = replace(row("ORDER denying 7 Motion to Stay."), source_id="cl:entries")
    then = poll(listed, held=claim(LISTING), memory=memory)
    assert [alert.topic for alert in then.consequences.alerts] == ["amended"]
    after = remembered(memory, then.consequences, "court:dcd")
    assert poll(seen(), memory=after).consequences.alerts == ()
