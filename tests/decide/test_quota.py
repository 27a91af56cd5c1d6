"""The quota: no limit is ever passed, the urgent come first, nothing is starved."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.decide.quota import TEXT_LADDER, may_ask_at, next_try, usable
from monitor.model.quota import FREE_ACCOUNT, Limit, LookUp, Priority, Purpose, Quota
from monitor.model.source import Source
from monitor.simulation import BusyDays, simulate
from monitor.sources import courtlistener
from tests.feeds import NOON

MINUTE = timedelta(minutes=1)
NOTHING = Quota(limits=FREE_ACCOUNT)


def spent(*ago: timedelta, **more: Any) -> Quota:
    calls = tuple(sorted(NOON - one for one in ago))
    return Quota(calls, limits=FREE_ACCOUNT, **more)


@given(st.lists(st.tuples(st.integers(0, 7200), st.sampled_from(Priority)), max_size=120))
def test_no_limit_is_ever_passed(wishes: list[tuple[int, Priority]]) -> None:
    calls: list[datetime] = []
    for seconds, priority in sorted(wishes):
        now = NOON + timedelta(seconds=seconds)
        if may_ask_at(Quota(tuple(calls), limits=FREE_ACCOUNT), priority, now) <= now:
            calls.append(now)
    for limit in FREE_ACCOUNT:
        window = timedelta(seconds=limit.window_seconds)
        for end in calls:
            assert sum(end - window < at <= end for at in calls) <= limit.limit


@given(st.lists(st.integers(0, 86_399), max_size=200), st.sampled_from(Priority))
def test_when_it_says_is_when_it_may(ago: list[int], priority: Priority) -> None:
    quota = spent(*(timedelta(seconds=one) for one in ago))
    at = may_ask_at(quota, priority, NOON)
    assert at >= NOON
    for _ in range(3):  # one limit may give way to another
        at = may_ask_at(quota, priority, at)
    assert may_ask_at(quota, priority, at) == at


def test_a_fresh_text_may_spend_what_slow_work_must_leave() -> None:
    busy = spent(*(timedelta(minutes=30 + 10 * n) for n in range(80)))
    assert may_ask_at(busy, Priority.TEXT, NOON) == NOON
    assert may_ask_at(busy, Priority.RECONCILE, NOON) == NOON  # its share of the day is promised
    used_up = spent(
        *(timedelta(minutes=30 + 10 * n) for n in range(80)),
        by_priority={Priority.RECONCILE: 10},
    )
    assert may_ask_at(used_up, Priority.RECONCILE, NOON) > NOON


def test_the_minute_is_waited_for_and_not_longer() -> None:
    full = spent(*(timedelta(seconds=10 * n) for n in range(1, 6)))
    assert may_ask_at(full, Priority.TEXT, NOON) == NOON + timedelta(seconds=10)


def test_what_the_server_counts_beyond_ours_counts() -> None:
    """Another program uses the account: the server says 124, and we know of none."""
    daily = Limit("125/day", 125, 86_400, used=124, as_of=NOON - MINUTE)
    quota = Quota((), limits=(daily,))
    assert may_ask_at(quota, Priority.TEXT, NOON) == NOON
    assert may_ask_at(Quota((NOON,), limits=(daily,)), Priority.TEXT, NOON) > NOON


def test_when_the_server_wants_rest_everybody_rests() -> None:
    until = NOON + timedelta(hours=3)
    resting = Quota(limits=FREE_ACCOUNT, blocked_until=until)
    assert {may_ask_at(resting, priority, NOON) for priority in Priority} == {until}


def test_every_priority_may_use_something_of_the_smallest_quota() -> None:
    tiny = Limit("1/min", 1, 60)
    assert all(usable(tiny, priority) == 1 for priority in Priority)


def test_a_text_is_asked_for_again_ever_more_rarely_and_then_given_up() -> None:
    asked: LookUp | None = LookUp(Purpose.TEXT, "cl", "e1", Priority.TEXT, NOON, NOON)
    waits = []
    now = NOON
    while asked is not None:
        asked = next_try(asked, now)
        if asked is not None:
            waits.append(asked.next_at - now)
            now = asked.next_at
            assert asked.priority is Priority.TEXT_AGAIN
    assert tuple(waits) == TEXT_LADDER


SOURCES = [
    Source(f"cl:{word}:d/{n}", kind, "", timedelta(hours=hours), docket_number=str(n))
    for n in range(5)
    for word, kind, hours in (
        ("entries", courtlistener.ENTRIES, 6),
        ("documents", courtlistener.DOCUMENTS, 24),
        ("docket", courtlistener.DOCKET, 24),
    )
]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_thirty_busy_days_fit_the_quota(seed: int) -> None:
    tally = simulate(SOURCES, BusyDays(seed=seed))
    assert len(tally.first_asks) > 850
    assert max(tally.first_asks) <= 60
    assert tally.most_in_a_day <= 125
    assert tally.least_left > 0
    assert all(day[Priority.REST] > 0 for day in tally.calls)
    assert tally.gaps_looked_into == 30


def test_days_that_no_quota_could_bear_never_pass_it() -> None:
    tally = simulate(SOURCES, BusyDays(days=3, filings=600, burst=20))
    assert tally.most_in_a_day <= 125
