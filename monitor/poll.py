"""One poll: read a source, compare with what is known, and commit what follows.

`decide` is pure and judges; `Poller` wires and does not judge. Everything that follows from a
poll is one `PollOutcome`, committed in one transaction with the validators that vouch for it.

    claim -> fetch -> read -> recall -> decide -> save
"""

from __future__ import annotations

import asyncio
import functools
import logging
import secrets
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from monitor.decide.outcome import decide, decide_after_failure
from monitor.decide.policy import Policy
from monitor.decide.quota import choose, may_ask_at
from monitor.errors import FetchError, ParseError, QuotaSpent, SourceUnreachable
from monitor.match.watchlist import Watchlist
from monitor.model.body import RawBody
from monitor.model.outcome import PollOutcome
from monitor.model.quota import Priority, Quota
from monitor.model.reading import Reading
from monitor.model.source import Claim, Source, SourceState
from monitor.ports import (
    Clock,
    Fetched,
    Fetcher,
    NotModified,
    PolledReader,
    PollStore,
    PollUnit,
    Request,
    run_here,
)
from monitor.recall import recall

log = logging.getLogger(__name__)

#: A source that needs more requests than this for one poll goes on at the next one.
MOST_REQUESTS = 12
#: So an API says that a page or a docket is not there (any more), or that its name is no name.
_GONE = frozenset({400, 404, 410})
#: A few more sources are looked at than can be read, for some of them may wait for the quota.
_SPARE = 50


def claim_due(
    unit: PollUnit,
    now: datetime,
    limit: int,
    lease_seconds: float,
    ids: Collection[str] | None = None,
    kinds: Collection[str] | None = None,
) -> list[Claim]:
    """Take a lease on sources that are due (or on those of `ids`, due or not) and affordable.

    Of all kinds, or of these.
    """
    due = unit.sources.due(now, limit + _SPARE, ids, kinds)
    spends = any(one.source.traits.spends_quota for one in due)
    quota = unit.quota.spent(now) if spends else Quota()
    choice = choose(due, quota, now, limit, is_asked_for=ids is not None)
    for source_id, until in choice.postponed:
        unit.sources.postpone(source_id, until)
    lease = secrets.token_hex(8)
    names = [one.source.source_id for one, _ in choice.chosen]
    unit.sources.take(names, lease, now + timedelta(seconds=lease_seconds))
    return [Claim(one.source, one.state, lease, priority) for one, priority in choice.chosen]


@dataclass(frozen=True, slots=True)
class Poller:
    """Reads one source at a time and commits what `decide` says. Does not judge."""

    fetcher: Fetcher
    #: By the name of the kind.
    readers: Mapping[str, PolledReader]
    store: PollStore
    policy: Policy
    now: Clock
    chance: Callable[[], float]
    #: Runs the blocking part; the daemon gives one thread, so that the store has one writer.
    run: Callable[..., Any] = run_here
    total_seconds: float = 90.0
    #: Where what anybody writes is read, so that it holds up no court; None for the loop's own.
    side_lane: Executor | None = None

    async def poll(self, claim: Claim, watchlist: Watchlist) -> PollOutcome:
        """Poll one claimed source. Raises LeaseLost where another worker took it over."""
        answer = await self.read(claim, watchlist)
        outcome: PollOutcome = await self.run(self.conclude, claim, answer, watchlist)
        return outcome

    def postpone(self, claim: Claim, error: Exception, watchlist: Watchlist) -> None:
        """Remember that a poll broke in a way we did not foresee, and ask again later."""
        self.conclude(claim, error, watchlist)

    async def read(self, claim: Claim, watchlist: Watchlist) -> Reading | Exception:
        """What the source says, or why it cannot be read."""
        try:
            # A server that drips one byte a second defeats read timeouts.
            async with asyncio.timeout(self.total_seconds):
                return await self._ask(claim, watchlist)
        except TimeoutError:
            reason = f"no whole answer within {self.total_seconds:g} seconds"
            return SourceUnreachable(claim.source.url, reason)
        except (FetchError, ParseError) as exc:
            return exc

    async def _ask(self, claim: Claim, watchlist: Watchlist) -> Reading:
        source, state = claim.source, claim.state
        reader = self.readers[source.traits.kind]
        request = reader.first_request(source, state)
        answers: list[Fetched] = []
        raw: list[RawBody] = []
        for count in range(MOST_REQUESTS):
            try:
                await self._pay(claim, request, is_first=count == 0)
                answer = await self.fetcher.fetch(request)
            except FetchError as exc:
                state = _without_stale(state, request, exc)
                request, answers, raw = reader.first_request(source, state), [], []
                continue
            if isinstance(answer, NotModified):
                return Reading(etag=state.etag, last_modified=state.last_modified)
            answers.append(answer)
            raw.append(_raw(request, answer))
            work = functools.partial(reader.read, source, state, watchlist, tuple(answers))
            lane = self.side_lane if source.traits.is_of_anybody else None
            step = await asyncio.get_running_loop().run_in_executor(lane, work)
            if isinstance(step, Reading):
                return replace(step, bodies=tuple(raw))
            request = step
        raise ParseError(f"it wants more than {MOST_REQUESTS} requests for one poll")

    async def _pay(self, claim: Claim, request: Request, *, is_first: bool) -> None:
        """Count a call against the quota before it is made, or do without it."""
        if claim.priority is None or not request.is_metered or request.is_free:
            return
        # What was begun may be finished: half a listing is worth nothing.
        priority = claim.priority if is_first else Priority.TEXT
        until = await self.run(self.take_call, claim.source.source_id, priority)
        if until is not None:
            raise QuotaSpent(request.url, until)

    def take_call(self, source_id: str, priority: Priority) -> datetime | None:
        """Count one call against the quota, or say from when on there is room for it."""
        now = self.now()
        with self.store.begin() as unit:
            unit.quota.lock()
            at = may_ask_at(unit.quota.spent(now), priority, now)
            if at > now:
                return at
            unit.quota.record(source_id, priority, now)
        return None

    def conclude(
        self, claim: Claim, answer: Reading | Exception, watchlist: Watchlist
    ) -> PollOutcome:
        """Compare, decide and commit, in one transaction."""
        now, chance, policy = self.now(), self.chance(), self.policy
        with self.store.begin() as unit:
            if isinstance(answer, Reading):
                memory = recall(unit, claim, answer, watchlist, policy, now)
                outcome = decide(claim, answer, memory, watchlist, policy, now, chance)
            else:
                outcome = decide_after_failure(claim, answer, watchlist, policy, now, chance)
            unit.save(outcome)
        _log_poll(claim.source, outcome)
        return outcome


def _raw(request: Request, answer: Fetched) -> RawBody:
    return RawBody(
        content=answer.body,
        url=request.url,
        content_type=answer.content_type,
        etag=answer.etag,
        last_modified=answer.last_modified,
        served_at=answer.served_at,
    )


def _without_stale(state: SourceState, request: Request, error: FetchError) -> SourceState:
    """What is left to begin again with. Raises the error where nothing proved stale.

    Each time something is forgotten, so this ends; what was forgotten stays so, be it that the
    poll fails later: else the stale page would be asked for at every poll.
    """
    if error.status in _GONE and request.if_gone not in {"", state.cursor}:
        return replace(state, cursor=request.if_gone)
    error.cursor = state.cursor
    raise error


def _log_poll(source: Source, outcome: PollOutcome) -> None:
    level = logging.WARNING if outcome.failed else logging.INFO
    fields = {
        "source_id": source.source_id,
        "items": outcome.items_read,
        "entries": len(outcome.consequences.entries),
        "alerts": len(outcome.consequences.alerts),
        "failed": outcome.failed or outcome.postponed,
    }
    log.log(level, "polled", extra=fields)
