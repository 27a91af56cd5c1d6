"""Busy days for the quota: does it last, and is every fresh text asked for in time?

Runs the rules that the daemon runs (`budget.may_ask_at`, the ladders, the intervals) over invented
filings; only the clock and CourtListener are not real.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from monitor.decide.quota import look_again_at, may_ask_at, next_try, urgency, used
from monitor.model.quota import (
    FREE_ACCOUNT,
    Limit,
    LookUp,
    Priority,
    Purpose,
    Quota,
)
from monitor.model.source import Source
from monitor.schedule import next_poll

_DAY = timedelta(days=1)
#: Courts enter filings from nine to six, five hours behind UTC.
_OPENS, _OPEN_FOR = timedelta(hours=14), timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class BusyDays:
    """What happens: per day so many filings without a text, a gap every fifth day."""

    days: int = 30
    filings: int = 30
    #: Filings come in bursts: orders and their opinions, a clerk's afternoon.
    burst: int = 3
    gap_every: int = 5
    seed: int = 1
    limits: tuple[Limit, ...] = FREE_ACCOUNT


@dataclass
class Tally:
    """What came of it. Latencies are in seconds."""

    calls: list[Counter[Priority]] = field(default_factory=list)
    first_asks: list[float] = field(default_factory=list)
    answered: int = 0
    given_up: int = 0
    most_in_a_day: int = 0
    #: The fewest calls that were left for a fresh text, at any moment.
    least_left: int = 10**6
    gaps_looked_into: int = 0

    def report(self, busy: BusyDays) -> SimulationReport:
        """What came of it, as it is printed for machines."""
        return SimulationReport(
            days=tuple({p.name.lower(): calls[p] for p in Priority} for calls in self.calls),
            first_asks=len(self.first_asks),
            slowest_first_ask_seconds=max(self.first_asks, default=0.0),
            later_than_a_minute=sum(seconds > 60 for seconds in self.first_asks),
            texts_that_came=self.answered,
            texts_given_up=self.given_up,
            most_calls_in_a_day=self.most_in_a_day,
            daily_limit=busy.limits[-1].limit,
            least_left_for_a_fresh_text=self.least_left,
        )


@dataclass(frozen=True, slots=True)
class SimulationReport:
    """What came of busy days. `days` counts calls by how urgent they were."""

    days: tuple[dict[str, int], ...]
    first_asks: int
    slowest_first_ask_seconds: float
    later_than_a_minute: int
    texts_that_came: int
    texts_given_up: int
    most_calls_in_a_day: int
    daily_limit: int
    least_left_for_a_fresh_text: int


@dataclass
class _World:
    sources: dict[str, Source]
    due: dict[str, datetime]
    tally: Tally
    chance: random.Random
    limits: tuple[Limit, ...]
    look_ups: dict[str, LookUp] = field(default_factory=dict)
    #: When CourtListener will have the text of a filing; None for never.
    text_at: dict[str, datetime | None] = field(default_factory=dict)
    calls: list[tuple[datetime, Priority]] = field(default_factory=list)

    def quota(self, now: datetime) -> Quota:
        self.calls = [call for call in self.calls if call[0] > now - _DAY]
        by_priority = Counter(priority for _, priority in self.calls)
        return Quota(tuple(at for at, _ in self.calls), by_priority, self.limits)


def simulate(sources: Sequence[Source], busy: BusyDays) -> Tally:
    """Live through these days with the metered ones among these sources."""
    begin = datetime(2026, 3, 2, tzinfo=UTC)
    metered = {s.source_id: s for s in sources if s.traits.spends_quota}
    chance = random.Random(busy.seed)  # noqa: S311  (invented filings, no secrets)
    world = _World(metered, dict.fromkeys(metered, begin), Tally(), chance, busy.limits)
    events = _events(world, busy, begin)
    now, end = begin, begin + busy.days * _DAY
    while now < end:
        day = (now - begin).days
        while len(world.tally.calls) <= day:
            world.tally.calls.append(Counter())
        while events and events[0][0] <= now:
            _ask(world, events.pop(0)[1])
        _work(world, now, world.tally.calls[day])
        now = min([at for at, _ in events[:1]] + [max(min(world.due.values()), now + _BEAT)])
    return world.tally


_BEAT = timedelta(seconds=5)


def _events(world: _World, busy: BusyDays, begin: datetime) -> list[tuple[datetime, list[LookUp]]]:
    events = []
    dockets = sorted({s.source_id for s in world.sources.values() if s.traits.answers_look_ups})
    for day in range(busy.days):
        opens = begin + day * _DAY + _OPENS
        for number in range(0, busy.filings, busy.burst):
            at = opens + _OPEN_FOR * world.chance.random()
            some = [_filing(world, f"{day}/{number + n}", dockets, at) for n in range(busy.burst)]
            events.append((at, some))
        if day % busy.gap_every == busy.gap_every - 1:
            name = f"gap/{day}"
            gap = [LookUp(Purpose.GAP, d, name, Priority.GAP, opens, opens) for d in dockets]
            events.append((opens, gap))
    return sorted(events, key=lambda event: event[0])


def _filing(world: _World, name: str, dockets: Sequence[str], at: datetime) -> LookUp:
    """A stub; most texts are there within two hours, some a day later, some never."""
    place = world.chance.random()
    delay = world.chance.random()
    if place < 0.6:
        world.text_at[name] = at + timedelta(hours=2) * delay
    else:
        world.text_at[name] = at + _DAY * delay if place < 0.85 else None
    return LookUp(Purpose.TEXT, world.chance.choice(dockets), name, Priority.TEXT, at, at)


def _ask(world: _World, asked: Sequence[LookUp]) -> None:
    for one in asked:
        world.look_ups[one.look_up_id] = one
        world.due[one.source_id] = min(world.due[one.source_id], one.next_at)


def _work(world: _World, now: datetime, calls: Counter[Priority]) -> None:
    """One heartbeat: whoever is due and fits the quota is read, the most urgent first."""
    due = [name for name, at in world.due.items() if at <= now]
    weighed = sorted((_priority(world, name, now), name) for name in due)
    for priority, name in weighed:
        quota = world.quota(now)
        at = may_ask_at(quota, priority, now)
        if at > now:
            world.due[name] = look_again_at(at, now)
            continue
        world.calls.append((now, priority))
        calls[priority] += 1
        _answer(world, name, now)
    if due:
        _measure(world, now)


def _priority(world: _World, name: str, now: datetime) -> Priority:
    asked = [one.priority for one in _due_look_ups(world, name, now)]
    regular = urgency(world.sources[name], min(asked, default=None))
    return Priority.REST if regular is None else regular


def _due_look_ups(world: _World, name: str, now: datetime) -> list[LookUp]:
    asked = world.look_ups.values()
    return [one for one in asked if one.source_id == name and one.next_at <= now]


def _answer(world: _World, name: str, now: datetime) -> None:
    source = world.sources[name]
    for one in _due_look_ups(world, name, now):
        if one.purpose is Purpose.TEXT and one.attempts == 0:
            world.tally.first_asks.append((now - one.asked_at).total_seconds())
        text_at = world.text_at.get(one.subject)
        is_there = one.purpose is Purpose.TEXT and text_at is not None and text_at <= now
        again = None if is_there else next_try(one, now)
        del world.look_ups[one.look_up_id]
        if again is not None:
            world.look_ups[again.look_up_id] = again
        elif one.purpose is Purpose.GAP:
            world.tally.gaps_looked_into += 1
        else:
            world.tally.answered += is_there
            world.tally.given_up += not is_there
    following = [w.next_at for w in world.look_ups.values() if w.source_id == name]
    world.due[name] = min([next_poll(now, source.every, world.chance.random()), *following])


def _measure(world: _World, now: datetime) -> None:
    daily = world.limits[-1]
    count = used(world.quota(now), daily, now)
    world.tally.most_in_a_day = max(world.tally.most_in_a_day, count)
    world.tally.least_left = min(world.tally.least_left, daily.limit - count)
