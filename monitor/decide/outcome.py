"""Everything that follows from one poll: the judges' parts, put together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.decide.appeals import follow_appeals
from monitor.decide.compare import compare
from monitor.decide.evidence import Evidence
from monitor.decide.filings import tell_baseline, tell_filings, tell_heads
from monitor.decide.health import judge_failure, judge_source
from monitor.decide.look_ups import judge_look_ups
from monitor.decide.news import judge_news
from monitor.decide.outage import catch_up
from monitor.decide.papers import tell_papers
from monitor.decide.policy import Policy
from monitor.decide.quota import AFTER_BLOCK
from monitor.errors import AskedTooOften, FetchError, QuotaSpent, SourceRefused
from monitor.match.watchlist import Watchlist
from monitor.model.outcome import Consequences, PollOutcome, together
from monitor.model.reading import Memory, Reading
from monitor.model.source import NEVER, Claim, SourceState, Window
from monitor.schedule import LONGEST_WAIT, next_poll, next_poll_after_failure

#: A long listing goes on this soon: CourtListener allows five requests a minute.
GO_ON_AFTER = timedelta(seconds=75)
#: How long to rest where CourtListener refuses without saying how long.
_UNKNOWN_REST = timedelta(seconds=60)
_LEAST_REST = timedelta(seconds=5)


def decide(
    claim: Claim,
    reading: Reading,
    memory: Memory,
    watchlist: Watchlist,
    policy: Policy,
    now: datetime,
    chance: float = 0.5,
) -> PollOutcome:
    """Compare what was read with what was known; say all that follows."""
    source, state = claim.source, claim.state
    evidence = Evidence(source, state, reading, memory, watchlist, policy, now)
    found = compare(source.source_id, reading, memory, now)
    health = judge_source(evidence)
    told = tell_filings(evidence, found)
    consequences = together(
        found.consequences(),
        Consequences(unreadable=reading.unreadable),
        tell_baseline(evidence, found),
        Consequences(alerts=told),
        Consequences(alerts=tell_papers(evidence, found)),
        tell_heads(evidence, found),
        follow_appeals(evidence, found),
        judge_news(evidence),
        health.consequences,
        catch_up(evidence, told, health),
        judge_look_ups(evidence, found, told, health.gap),
    )
    return PollOutcome(
        source_id=source.source_id,
        lease=claim.lease,
        at=now,
        state=replace(
            health.state,
            next_due_at=_next_due(claim, reading, now, chance),
            window=_window(reading, state),
        ),
        consequences=consequences,
        window_changed=reading.window is not None,
        had_look_ups=bool(memory.look_ups),
        limits=tuple(replace(limit, as_of=now) for limit in reading.limits),
        bodies=reading.bodies if _is_kept(evidence, consequences) else (),
        items_read=len(reading.sightings) + len(reading.stories) + len(reading.unreadable),
    )


def _is_kept(evidence: Evidence, found: Consequences) -> bool:
    """Whether what was sent is evidence: of what was read in it, or of a court's silence.

    A feed of the press changes all day long, and its silence says nothing. A court's feed whose
    build date alone is another shows what the last one showed.
    """
    shows_else = evidence.source.traits.shows_filings and evidence.reading.window is not None
    return evidence.policy.keeps_bodies and (found.changes_record or shows_else)


def _window(reading: Reading, state: SourceState) -> Window:
    """What to compare the next reading with; what the source carries is what it said last."""
    if reading.window is None:
        return state.window
    is_said = reading.window.description and not (reading.is_old and state.window.description)
    description = reading.window.description if is_said else state.window.description
    return replace(reading.window, description=description)


def _next_due(claim: Claim, reading: Reading, now: datetime, chance: float) -> datetime:
    if claim.source.traits.is_pushed:
        return NEVER
    return next_poll(now, GO_ON_AFTER if reading.is_partial else claim.source.every, chance)


def decide_after_failure(
    claim: Claim,
    error: Exception,
    watchlist: Watchlist,
    policy: Policy,
    now: datetime,
    chance: float = 0.5,
) -> PollOutcome:
    """Remember that a source failed us, and when to ask again. Nothing it showed is touched."""
    if isinstance(error, FetchError) and error.cursor is not None:
        claim = replace(claim, state=replace(claim.state, cursor=error.cursor))
    if isinstance(error, QuotaSpent | AskedTooOften) and claim.priority is not None:
        return _postponed(claim, error, now)
    source = claim.source
    reason = getattr(error, "reason", None) or str(error) or type(error).__name__
    evidence = Evidence(source, claim.state, Reading(), Memory(), watchlist, policy, now)
    due = next_poll_after_failure(
        now,
        source.every,
        claim.state.failures + 1,
        chance,
        retry_after=getattr(error, "retry_after", None),
        refused=isinstance(error, SourceRefused),
    )
    due = NEVER if source.traits.is_pushed else due
    health = judge_failure(evidence, reason, due)
    return PollOutcome(
        source_id=source.source_id,
        lease=claim.lease,
        at=now,
        state=replace(health.state, next_due_at=due),
        consequences=health.consequences,
        failed=reason,
    )


def _postponed(claim: Claim, error: QuotaSpent | AskedTooOften, now: datetime) -> PollOutcome:
    """The quota is spent: that is no failure of the source, and everybody rests until then."""
    if isinstance(error, QuotaSpent):
        until, blocked = error.until, None
    else:
        rest = timedelta(seconds=error.retry_after) if error.retry_after else _UNKNOWN_REST
        until = blocked = now + min(rest + AFTER_BLOCK, LONGEST_WAIT)
    return PollOutcome(
        source_id=claim.source.source_id,
        lease=claim.lease,
        at=now,
        state=replace(claim.state, next_due_at=max(until, now + _LEAST_REST)),
        blocked_until=blocked,
        postponed=error.reason,
    )
