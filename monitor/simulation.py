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

from monitor.decide.quota import FREE_ACCOUNT, may_ask_at, next_try, used
from monitor.model.quota import Allowance, Priority, Spending, Want
from monitor.model.source import Source
from monitor.schedule import next_poll

_DAY = timedelta(days=1)
_SOON, _LATER = timedelta(seconds=15), timedelta(minutes=10)
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
    allowances: tuple[Allowance, ...] = FREE_ACCOUNT


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


@dataclass
class _World:
    sources: dict[str, Source]
    due: dict[str, datetime]
    tally: Tally
    chance: random.Random
    allowances: tuple[Allowance, ...]
    wants: dict[str, Want] = field(default_factory=dict)
    #: When CourtListener will have the text of a filing; None for never.
    text_at: dict[str, datetime | None] = field(default_factory=dict)
    calls: list[tuple[datetime, Priority]] = field(default_factory=list)

    def spending(self, now: datetime) -> Spending:
        self.calls = [call for call in self.calls if call[0] > now - _DAY]
        by_priority = Counter(priority for _, priority in self.calls)
        return Spending(tuple(at for at, _ in self.calls), by_priority, self.allowances)


def simulate(sources: Sequence[Source], busy: BusyDays) -> Tally:
    """Live through these days with the metered ones among these sources."""
    begin = datetime(2026, 3, 2, tzinfo=UTC)
    metered = {s.source_id: s for s in sources if s.kind.priority is not None}
    chance = random.Random(busy.seed)  # noqa: S311  (invented filings, no secrets)
    world = _World(metered, dict.fromkeys(metered, begin), Tally(), chance, busy.allowances)
    events = _events(world, busy, begin)
    now, end = begin, begin + busy.days * _DAY
    while now < end:
        day = (now - begin).days
        while len(world.tally.calls) <= day:
            world.tally.calls.append(Counter())
        while events and events[0][0] <= now:
            _wish(world, events.pop(0)[1])
        _work(world, now, world.tally.calls[day])
        now = min([at for at, _ in events[:1]] + [max(min(world.due.values()), now + _BEAT)])
    return world.tally


_BEAT = timedelta(seconds=5)


def _events(world: _World, busy: BusyDays, begin: datetime) -> list[tuple[datetime, list[Want]]]:
    events = []
    dockets = sorted({s.source_id for s in world.sources.values() if "entries" in s.source_id})
    for day in range(busy.days):
        opens = begin + day * _DAY + _OPENS
        for number in range(0, busy.filings, busy.burst):
            at = opens + _OPEN_FOR * world.chance.random()
            some = [_filing(world, f"{day}/{number + n}", dockets, at) for n in range(busy.burst)]
            events.append((at, some))
        if day % busy.gap_every == busy.gap_every - 1:
            name = f"gap/{day}"
            gap = [Want("gap", d, name, Priority.GAP, opens, opens) for d in dockets]
            events.append((opens, gap))
    return sorted(events, key=lambda event: event[0])


def _filing(world: _World, name: str, dockets: Sequence[str], at: datetime) -> Want:
    """A stub; most texts are there within two hours, some a day later, some never."""
    place = world.chance.random()
    delay = world.chance.random()
    if place < 0.6:
        world.text_at[name] = at + timedelta(hours=2) * delay
    else:
        world.text_at[name] = at + _DAY * delay if place < 0.85 else None
    return Want("text", world.chance.choice(dockets), name, Priority.TEXT, at, at)


def _wish(world: _World, wants: Sequence[Want]) -> None:
    for want in wants:
        world.wants[want.want_id] = want
        world.due[want.source_id] = min(world.due[want.source_id], want.next_at)


def _work(world: _World, now: datetime, calls: Counter[Priority]) -> None:
    """One heartbeat: whoever is due and fits the quota is read, the most urgent first."""
    due = [name for name, at in world.due.items() if at <= now]
    weighed = sorted((_priority(world, name, now), name) for name in due)
    for priority, name in weighed:
        spending = world.spending(now)
        at = may_ask_at(spending, priority, now)
        if at > now:
            world.due[name] = min(max(at, now + _SOON), now + _LATER)
            continue
        world.calls.append((now, priority))
        calls[priority] += 1
        _answer(world, name, now)
    if due:
        _measure(world, now)


def _priority(world: _World, name: str, now: datetime) -> Priority:
    regular = world.sources[name].kind.priority or Priority.REST
    wanted = [w.priority for w in world.wants.values() if w.source_id == name and w.next_at <= now]
    return min([regular, *wanted])


def _answer(world: _World, name: str, now: datetime) -> None:
    source = world.sources[name]
    for want in [w for w in world.wants.values() if w.source_id == name and w.next_at <= now]:
        if want.purpose == "text" and want.attempts == 0:
            world.tally.first_asks.append((now - want.asked_at).total_seconds())
        text_at = world.text_at.get(want.subject)
        is_there = want.purpose == "text" and text_at is not None and text_at <= now
        again = None if is_there else next_try(want, now)
        del world.wants[want.want_id]
        if again is not None:
            world.wants[again.want_id] = again
        elif want.purpose == "gap":
            world.tally.gaps_looked_into += 1
        else:
            world.tally.answered += is_there
            world.tally.given_up += not is_there
    following = [w.next_at for w in world.wants.values() if w.source_id == name]
    world.due[name] = min([next_poll(now, source.every, world.chance.random()), *following])


def _measure(world: _World, now: datetime) -> None:
    daily = world.allowances[-1]
    count = used(world.spending(now), daily, now)
    world.tally.most_in_a_day = max(world.tally.most_in_a_day, count)
    world.tally.least_left = min(world.tally.least_left, daily.limit - count)
