"""The quota: no limit is ever passed, the urgent come first, nothing is starved."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.decide.quota import FREE_ACCOUNT, TEXT_LADDER, may_ask_at, next_try, usable
from monitor.model.quota import Allowance, Priority, Spending, Want
from monitor.model.source import Source, SourceKind
from monitor.simulation import BusyDays, simulate
from tests.feeds import NOON

MINUTE = timedelta(minutes=1)
NOTHING = Spending(allowances=FREE_ACCOUNT)


def spent(*ago: timedelta, **more: object) -> Spending:
    calls = tuple(sorted(NOON - one for one in ago))
    return Spending(calls, allowances=FREE_ACCOUNT, **more)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.integers(0, 7200), st.sampled_from(Priority)), max_size=120))
def test_no_limit_is_ever_passed(wishes: list[tuple[int, Priority]]) -> None:
    calls: list[datetime] = []
    for seconds, priority in sorted(wishes):
        now = NOON + timedelta(seconds=seconds)
        if may_ask_at(Spending(tuple(calls), allowances=FREE_ACCOUNT), priority, now) <= now:
            calls.append(now)
    for allowance in FREE_ACCOUNT:
        window = timedelta(seconds=allowance.window_seconds)
        for end in calls:
            assert sum(end - window < at <= end for at in calls) <= allowance.limit


@given(st.lists(st.integers(0, 86_399), max_size=200), st.sampled_from(Priority))
def test_when_it_says_is_when_it_may(ago: list[int], priority: Priority) -> None:
    spending = spent(*(timedelta(seconds=one) for one in ago))
    at = may_ask_at(spending, priority, NOON)
    assert at >= NOON
    for _ in range(3):  # one limit may give way to another
        at = may_ask_at(spending, priority, at)
    assert may_ask_at(spending, priority, at) == at


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
    daily = Allowance("125/day", 125, 86_400, used=124, as_of=NOON - MINUTE)
    spending = Spending((), allowances=(daily,))
    assert may_ask_at(spending, Priority.TEXT, NOON) == NOON
    assert may_ask_at(Spending((NOON,), allowances=(daily,)), Priority.TEXT, NOON) > NOON


def test_when_the_server_wants_rest_everybody_rests() -> None:
    until = NOON + timedelta(hours=3)
    resting = Spending(allowances=FREE_ACCOUNT, blocked_until=until)
    assert {may_ask_at(resting, priority, NOON) for priority in Priority} == {until}


def test_every_priority_may_use_something_of_the_smallest_quota() -> None:
    tiny = Allowance("1/min", 1, 60)
    assert all(usable(tiny, priority) == 1 for priority in Priority)


def test_a_text_is_asked_for_again_ever_more_rarely_and_then_given_up() -> None:
    want: Want | None = Want("text", "cl", "e1", Priority.TEXT, NOON, NOON)
    waits = []
    now = NOON
    while want is not None:
        want = next_try(want, now)
        if want is not None:
            waits.append(want.next_at - now)
            now = want.next_at
            assert want.priority is Priority.TEXT_AGAIN
    assert tuple(waits) == TEXT_LADDER


SOURCES = [
    Source(f"cl:{word}:d/{n}", kind, "", timedelta(hours=hours), docket_number=str(n))
    for n in range(5)
    for word, kind, hours in (
        ("entries", SourceKind.CL_ENTRIES, 6),
        ("documents", SourceKind.CL_DOCUMENTS, 24),
        ("docket", SourceKind.CL_DOCKET, 24),
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
