"""One poll: read a source, compare with what is known, and commit what follows.

`decide` is pure and judges; `Poller` wires and does not judge. Everything that follows from a
poll is one `PollOutcome`, committed in one transaction with the validators that vouch for it.

    claim -> fetch -> read -> recall -> decide -> save
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from monitor.decide.appeals import follow_appeals
from monitor.decide.compare import compare
from monitor.decide.filings import docket_alerts, entry_alerts, told_now, watches_of_source
from monitor.decide.health import judge_failure, judge_source
from monitor.decide.look_ups import judge_wants
from monitor.decide.news import judge_stories
from monitor.decide.outage import away_since, tell_away
from monitor.decide.policy import Policy
from monitor.decide.quota import AFTER_BLOCK
from monitor.errors import (
    AskedTooOften,
    BudgetSpent,
    FetchError,
    ParseError,
    SourceRefused,
    SourceUnreachable,
)
from monitor.match.watchlist import DocketSieve
from monitor.model.alert import Alert
from monitor.model.outcome import LoggedChange, PollOutcome
from monitor.model.quota import Priority
from monitor.model.source import Claim, Source, SourceKind
from monitor.ports import (
    Clock,
    Fetched,
    Fetcher,
    Memory,
    NotModified,
    Reader,
    Reading,
    Request,
    Store,
    run_here,
)
from monitor.recall import recall
from monitor.schedule import next_poll, next_poll_after_failure

log = logging.getLogger(__name__)

#: A source that needs more requests than this for one poll goes on at the next one.
MOST_REQUESTS = 12
#: A long listing goes on this soon: CourtListener allows five requests a minute.
GO_ON_AFTER = timedelta(seconds=75)
#: How long to rest, in seconds, where CourtListener refuses without saying how long.
_UNTOLD = 60.0
_UNTOLD_REST = timedelta(seconds=5)


def decide(
    claim: Claim,
    reading: Reading,
    memory: Memory,
    sieve: DocketSieve,
    policy: Policy,
    now: datetime,
    chance: float = 0.5,
) -> PollOutcome:
    """Compare what was read with what was known; say all that follows."""
    source, state = claim.source, claim.state
    found = compare(source.source_id, reading, memory, now)
    watches = watches_of_source(source, sieve)
    fresh = [watch for watch in watches if watch.watch_id not in memory.baselines]
    baseline = told_now(source, reading, found, sieve, fresh, policy, now)
    health = judge_source(source, state, reading, watches, now)
    told = entry_alerts(source, found, sieve, memory, now)
    if since := away_since(source, state, now):
        read = [watch for watch in watches if watch.watch_id in memory.baselines]
        told = tell_away(source, since, told, health, read, now)
    wanted = judge_wants(source, reading, memory, found, told, health.gap, watches, policy, now)
    appeals = follow_appeals(source, reading, found, sieve, now)
    press = judge_stories(source, state, reading, memory, sieve, policy, now)
    every_change = (
        *found.every_change(),
        *appeals.changes,
        *press.changes,
        *health.changes,
        *wanted.changes,
    )
    every = GO_ON_AFTER if reading.is_partial else source.every
    return PollOutcome(
        source_id=source.source_id,
        lease=claim.lease,
        state=replace(
            health.state,
            next_due_at=next_poll(now, every, chance),
            window=reading.window or state.window,
        ),
        window_changed=reading.window is not None,
        dockets=tuple(found.dockets[name] for name in sorted(found.changed_dockets)),
        entries=tuple(found.entries[entry_id] for entry_id in found.touched),
        rebuilt=tuple(found.rebuilt),
        sightings=tuple(found.sightings),
        stories=tuple(press.stories.values()),
        unreadable=reading.unreadable,
        changes=tuple(LoggedChange(change, now) for change in every_change),
        alerts=(
            *(alert for _, alert in baseline),
            *told,
            *docket_alerts(source, found, sieve, now),
            *appeals.alerts,
            *press.alerts,
            *_without_gap(health.alerts, told),
            *wanted.alerts,
        ),
        follows=tuple(appeals.follows),
        watches=tuple(appeals.watches),
        wants=tuple(wanted.wants),
        settled_wants=tuple(wanted.settled),
        waits=bool(memory.wants),
        allowances=tuple(replace(allowance, as_of=now) for allowance in reading.allowances),
        baselines=tuple(watch.watch_id for watch in fresh) if reading.window else (),
        told_watches=tuple(watch.watch_id for watch, _ in baseline),
        items_read=len(reading.sightings) + len(reading.stories) + len(reading.unreadable),
    )


def _without_gap(alerts: Sequence[Alert], told: Sequence[Alert]) -> list[Alert]:
    """A message about the time away speaks of its gap, too."""
    is_said = any(alert.topic == "away" and alert.facts["gap"] for alert in told)
    return [alert for alert in alerts if not (is_said and alert.topic == "gap")]


def decide_after_failure(
    claim: Claim,
    error: Exception,
    sieve: DocketSieve,
    policy: Policy,
    now: datetime,
    chance: float = 0.5,
) -> PollOutcome:
    """Remember that a source failed us, and when to ask again. Nothing it showed is touched."""
    source = claim.source
    if isinstance(error, BudgetSpent | AskedTooOften) and claim.priority is not None:
        return _postponed(claim, error, now)
    reason = getattr(error, "reason", None) or str(error) or type(error).__name__
    watches = watches_of_source(source, sieve)
    health = judge_failure(source, claim.state, reason, policy.unhealthy_after, watches, now)
    due = next_poll_after_failure(
        now,
        source.every,
        health.state.failures,
        chance,
        retry_after=getattr(error, "retry_after", None),
        refused=isinstance(error, SourceRefused),
    )
    return PollOutcome(
        source_id=source.source_id,
        lease=claim.lease,
        state=replace(health.state, next_due_at=due),
        changes=tuple(LoggedChange(change, now) for change in health.changes),
        alerts=tuple(health.alerts),
        failed=reason,
    )


def _postponed(claim: Claim, error: BudgetSpent | AskedTooOften, now: datetime) -> PollOutcome:
    """The quota is spent: that is no failure of the source, and everybody rests until then."""
    if isinstance(error, BudgetSpent):
        until, blocked = error.until, None
    else:
        until = now + timedelta(seconds=error.retry_after or _UNTOLD) + AFTER_BLOCK
        blocked = until
    return PollOutcome(
        source_id=claim.source.source_id,
        lease=claim.lease,
        state=replace(claim.state, next_due_at=max(until, now + _UNTOLD_REST)),
        blocked_until=blocked,
        postponed=error.reason,
    )


@dataclass(frozen=True, slots=True)
class Poller:
    """Reads one source at a time and commits what `decide` says. Does not judge."""

    fetcher: Fetcher
    readers: Mapping[SourceKind, Reader]
    store: Store
    policy: Policy
    now: Clock
    chance: Callable[[], float]
    #: Runs the blocking part; the daemon gives one thread, so that the store has one writer.
    run: Callable[..., Any] = run_here
    total_seconds: float = 90.0

    async def poll(self, claim: Claim, sieve: DocketSieve) -> PollOutcome:
        """Poll one claimed source. Raises LeaseLost where another worker took it over."""
        answer = await self.read(claim, sieve)
        outcome: PollOutcome = await self.run(self.conclude, claim, answer, sieve)
        return outcome

    def postpone(self, claim: Claim, error: Exception, sieve: DocketSieve) -> None:
        """Remember that a poll broke in a way we did not foresee, and ask again later."""
        self.conclude(claim, error, sieve)

    async def read(self, claim: Claim, sieve: DocketSieve) -> Reading | Exception:
        """What the source says, or why it cannot be read."""
        try:
            # A server that drips one byte a second defeats read timeouts.
            async with asyncio.timeout(self.total_seconds):
                return await self._ask(claim, sieve)
        except TimeoutError:
            reason = f"no whole answer within {self.total_seconds:g} seconds"
            return SourceUnreachable(claim.source.url, reason)
        except (FetchError, ParseError) as exc:
            return exc

    async def _ask(self, claim: Claim, sieve: DocketSieve) -> Reading:
        reader = self.readers[claim.source.kind]
        request = reader.first_request(claim.source, claim.state)
        answers: list[Fetched] = []
        for _ in range(MOST_REQUESTS):
            await self._pay(claim, request, is_first=not answers)
            answer = await self.fetcher.fetch(request)
            if isinstance(answer, NotModified):
                state = claim.state
                return Reading(etag=state.etag, last_modified=state.last_modified)
            answers.append(answer)
            step = await asyncio.to_thread(
                reader.read, claim.source, claim.state, sieve, tuple(answers)
            )
            if isinstance(step, Reading):
                return step
            request = step
        raise ParseError(f"it wants more than {MOST_REQUESTS} requests for one poll")

    async def _pay(self, claim: Claim, request: Request, *, is_first: bool) -> None:
        """Count a call against the quota before it is made, or do without it."""
        if claim.priority is None or not request.is_metered or request.is_free:
            return
        # What was begun may be finished: half a listing is worth nothing.
        priority = claim.priority if is_first else Priority.TEXT
        until = await self.run(self._take, claim.source.source_id, priority)
        if until is not None:
            raise BudgetSpent(request.url, until)

    def _take(self, source_id: str, priority: Priority) -> datetime | None:
        with self.store.begin() as unit:
            return unit.take_call(source_id, priority, self.now())

    def conclude(
        self, claim: Claim, answer: Reading | Exception, sieve: DocketSieve
    ) -> PollOutcome:
        """Compare, decide and commit, in one transaction."""
        now = self.now()
        chance = self.chance()
        with self.store.begin() as unit:
            if isinstance(answer, Reading):
                memory = recall(unit, claim, answer, sieve, now)
                outcome = decide(claim, answer, memory, sieve, self.policy, now, chance)
            else:
                outcome = decide_after_failure(claim, answer, sieve, self.policy, now, chance)
            unit.save(outcome)
        _log_poll(claim.source, outcome)
        return outcome


def _log_poll(source: Source, outcome: PollOutcome) -> None:
    level = logging.WARNING if outcome.failed else logging.INFO
    fields = {
        "source_id": source.source_id,
        "items": outcome.items_read,
        "entries": len(outcome.entries),
        "alerts": len(outcome.alerts),
        "failed": outcome.failed or outcome.postponed,
    }
    log.log(level, "polled", extra=fields)
