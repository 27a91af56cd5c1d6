"""What a poll says about the source itself: a gap, other coverage, sickness, recovery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.decide.evidence import Evidence
from monitor.decide.snapshots import alert_id, source_ref, watched_dockets
from monitor.diff.coverage import LOOK_BACK, find_gap, find_list_gap, stands_still
from monitor.model import alert as alerts
from monitor.model.change import (
    CoverageChanged,
    GapOpened,
    SourceRecovered,
    SourceUnhealthy,
)
from monitor.model.court import court
from monitor.model.outcome import Consequences, Unreadable, together
from monitor.model.source import CLOCKS_DIFFER, Source, SourceState
from monitor.normalize.text import plain

#: Of what cannot be read, this many items are quoted, and this many signs of each.
_MOST_UNREAD = 5
_MOST_WORDS = 500
#: So soon after it recovered, a source is given so much more time.
_RELAPSE, _LONGER = timedelta(hours=6), 4


@dataclass(frozen=True, slots=True)
class Health:
    """What is remembered of a source after a reading, and what is said of it."""

    state: SourceState
    consequences: Consequences = Consequences()
    gap: GapOpened | None = None


def judge_source(evidence: Evidence) -> Health:
    """What a good answer says about the source: a gap, other coverage, health."""
    unread = _unread(evidence)
    if evidence.source.traits.is_pushed:
        gap = _gap_of_unread(evidence, None) if unread else None
        # What could not be read meanwhile may have been an order.
        recovered = _judge_health(evidence, "", is_whole=False)
        said = together(_tell_gap(evidence, gap, unread), recovered)
        return Health(_after_push(evidence), said, gap)
    built_at = _believed_build(evidence)
    gap = _find_gap(evidence, built_at)
    if unread:
        gap = _widest(gap, _gap_of_unread(evidence, built_at))
    complaint = _complaint(evidence, _later(built_at, evidence.state.built_at))
    said = together(
        _tell_gap(evidence, gap, unread),
        _judge_coverage(evidence),
        _judge_health(evidence, complaint, is_whole=_is_whole(evidence, gap)),
    )
    return Health(_after_reading(evidence, built_at, gap, complaint), said, gap)


def _why(evidence: Evidence) -> str:
    """Why somebody is told of a source: what it is read for."""
    court_id = evidence.source.court_id
    if evidence.watches:
        return "this source covers dockets that you watch"
    if court_id and evidence.watchlist.expects(court_id):
        return f"an appeal is awaited in {court(court_id).citation}, and this source would show it"
    return "this source is read for the cases that you watch"


def judge_failure(evidence: Evidence, reason: str, next_at: datetime | None = None) -> Health:
    """A failed poll: told once, after some in a row. Nothing that the source showed is touched.

    `next_at` is when it is read again: None where that is not known, or never by itself.
    """
    state, now = evidence.state, evidence.now
    failures = state.failures + 1
    after = replace(state, last_polled_at=now, failures=failures, last_error=reason)
    if failures < evidence.policy.unhealthy_after or state.unhealthy_since is not None:
        return Health(after)
    if next_at is not None and next_at < _patient_until(evidence):
        return Health(after)
    return Health(replace(after, unhealthy_since=now), _tell_unhealthy(evidence, reason))


def _patient_until(evidence: Evidence) -> datetime:
    """Until when a source may fail: longer where it fell ill and recovered just now.

    A source that comes and goes would else be told at every turn. Moments that lie ahead were
    written under a wrong clock, and excuse nothing.
    """
    good, recovered = evidence.state.last_good_at, evidence.state.recovered_at
    if good is None or not _is_past(good, evidence.now):
        return evidence.now
    is_relapse = recovered is not None and _is_past(recovered, evidence.now)
    if recovered and is_relapse and evidence.now - recovered < _RELAPSE:
        return good + _LONGER * evidence.policy.unhealthy_for
    return good + evidence.policy.unhealthy_for


def _after_push(evidence: Evidence) -> SourceState:
    """What was pushed to us vouches for itself; that nothing else came, it cannot know."""
    now = evidence.now
    return replace(
        evidence.state,
        last_polled_at=now,
        last_good_at=now,
        failures=0,
        last_error="",
        unhealthy_since=None,
        recovered_at=_recovered_at(evidence, ""),
    )


def _recovered_at(evidence: Evidence, complaint: str) -> datetime | None:
    is_told = evidence.state.unhealthy_since is not None and not complaint
    return evidence.now if is_told else evidence.state.recovered_at


def _after_reading(
    evidence: Evidence, built_at: datetime | None, gap: GapOpened | None, complaint: str
) -> SourceState:
    state, reading, now = evidence.state, evidence.reading, evidence.now
    covered_until = state.covered_until if _is_past(state.covered_until, now) else None
    return replace(
        state,
        last_polled_at=now,
        last_good_at=now,
        failures=0,
        last_error=complaint,
        unhealthy_since=(state.unhealthy_since or now) if complaint else None,
        recovered_at=_recovered_at(evidence, complaint),
        note=reading.note,
        incomplete=state.incomplete + reading.incomplete,
        etag=reading.etag,
        last_modified=reading.last_modified,
        cursor=reading.cursor or state.cursor,
        # Never backward: a court shows two build times, seconds apart, for one build.
        built_at=_later(built_at, state.built_at),
        covered_since=(gap.until_at if gap else state.covered_since) or _covers_from(evidence),
        # A build date that cannot be true vouches for nothing, nor does half a listing.
        covered_until=covered_until
        if reading.is_partial
        else _later(built_at if reading.built_at else built_at or now, covered_until),
    )


# --- gaps ---


def _find_gap(evidence: Evidence, built_at: datetime | None) -> GapOpened | None:
    source, reading = evidence.source, evidence.reading
    if source.traits.list_length:
        return find_list_gap(
            source.source_id,
            evidence.state,
            evidence.now,
            total=reading.total,
            shared=reading.shared,
            length=source.traits.list_length,
        )
    if not source.traits.is_window:
        return None
    return find_gap(
        source.source_id,
        evidence.state,
        built_at or evidence.now,
        total=reading.total,
        shared=reading.shared,
        oldest_at=reading.oldest_at,
    )


def _unread(evidence: Evidence) -> tuple[Unreadable, ...]:
    """What a source of watched dockets showed for the first time, and nobody could read."""
    source = evidence.source
    is_read_for = evidence.watches or evidence.watchlist.expects(source.court_id)
    if not is_read_for or not source.traits.shows_filings:
        return ()
    known = evidence.memory.unreadable
    return tuple(one for one in evidence.reading.unreadable if one.raw_hash not in known)


def _gap_of_unread(evidence: Evidence, built_at: datetime | None) -> GapOpened:
    """Whatever the item is, it was filed since the last reading that could be read."""
    state, now = evidence.state, evidence.now
    before = state.covered_until or state.last_good_at or now - LOOK_BACK
    if built_at is None or built_at <= before:  # the same build as before, or none to be believed
        before = state.last_good_at or now - LOOK_BACK
    return GapOpened(evidence.source.source_id, before, now, "an item could not be read")


def _widest(gap: GapOpened | None, other: GapOpened) -> GapOpened:
    """One hole that covers both."""
    if gap is None:
        return other
    begins, ends = min(gap.from_at, other.from_at), max(gap.until_at, other.until_at)
    return GapOpened(gap.source_id, begins, ends, f"{gap.reason}; {other.reason}")


def _tell_gap(
    evidence: Evidence, gap: GapOpened | None, unread: Sequence[Unreadable]
) -> Consequences:
    if gap is None:
        return Consequences()
    told = alerts.GapOpened(
        alert_id=alert_id(
            "gap", gap.source_id, gap.from_at.isoformat(), *(one.raw_hash for one in unread)
        ),
        created_at=evidence.now,
        why=_why(evidence),
        source=source_ref(evidence.source),
        gap=alerts.Hole(gap.from_at, gap.until_at, gap.reason),
        dockets=watched_dockets(evidence.watches),
        unread=tuple(plain(one.raw, _MOST_WORDS) for one in unread[:_MOST_UNREAD]),
    )
    return Consequences(changes=(gap,), alerts=(told,))


def _is_whole(evidence: Evidence, gap: GapOpened | None) -> bool:
    """Whether what a window shows now joins what it showed before; an old build shows no now."""
    return evidence.source.traits.is_window and gap is None and not evidence.reading.is_old


def _covers_from(evidence: Evidence) -> datetime:
    is_window = evidence.source.traits.is_window
    return evidence.now - LOOK_BACK if is_window else evidence.now


# --- what the source says it carries ---


def _judge_coverage(evidence: Evidence) -> Consequences:
    before, after = evidence.state.window.description, evidence.reading.description
    if not before or not after or before == after or evidence.reading.is_old:
        return Consequences()
    source_id = evidence.source.source_id
    told = alerts.CoverageChanged(
        alert_id=alert_id("coverage_changed", source_id, evidence.now.isoformat()),
        created_at=evidence.now,
        why=_why(evidence),
        source=source_ref(evidence.source),
        before=before,
        after=after,
        dockets=watched_dockets(evidence.watches),
    )
    return Consequences(changes=(CoverageChanged(source_id, before, after),), alerts=(told,))


# --- health ---


def _judge_health(evidence: Evidence, complaint: str, *, is_whole: bool) -> Consequences:
    since = evidence.state.unhealthy_since
    if complaint and since is None:
        return _tell_unhealthy(evidence, complaint)
    if since is not None and not complaint:
        return _tell_recovered(evidence, since, is_whole=is_whole)
    return Consequences()


def _tell_unhealthy(evidence: Evidence, reason: str) -> Consequences:
    source_id, now = evidence.source.source_id, evidence.now
    told = alerts.SourceUnhealthy(
        alert_id=alert_id("source_unhealthy", source_id, now.isoformat()),
        created_at=now,
        why=_why(evidence),
        source=source_ref(evidence.source),
        reason=reason,
        since=now,
        last_good_at=evidence.state.last_good_at,
        dockets=watched_dockets(evidence.watches),
    )
    return Consequences(changes=(SourceUnhealthy(source_id, reason),), alerts=(told,))


def _tell_recovered(evidence: Evidence, since: datetime, *, is_whole: bool) -> Consequences:
    source_id, reason = evidence.source.source_id, evidence.state.last_error
    told = alerts.SourceRecovered(
        alert_id=alert_id("source_recovered", source_id, since.isoformat()),
        created_at=evidence.now,
        why=_why(evidence),
        source=source_ref(evidence.source),
        reason=reason,
        since=since,
        is_whole=is_whole,
        dockets=watched_dockets(evidence.watches),
    )
    return Consequences(changes=(SourceRecovered(source_id, reason),), alerts=(told,))


def _complaint(evidence: Evidence, built_at: datetime | None) -> str:
    """What is odd though the answer was read; empty where nothing is."""
    said = evidence.reading.built_at
    if not _is_past(said, evidence.now):
        return f"it says that it was built at {said}, which lies ahead"
    return evidence.reading.complaint or _staleness(evidence.source, built_at, evidence.now)


def _staleness(source: Source, built_at: datetime | None, now: datetime) -> str:
    """A feed that answers but is not rebuilt: HTTP is happy, and nothing can be seen."""
    if not source.traits.is_window or built_at is None:
        return ""
    local = now.astimezone(ZoneInfo(court(source.court_id).timezone))
    if not stands_still(built_at, now, is_weekend=local.weekday() >= 5):
        return ""
    return f"the feed stands still: it was last built at {built_at:%Y-%m-%d %H:%M} UTC"


def _believed_build(evidence: Evidence) -> datetime | None:
    """When it was built; a date that lies ahead would vouch for days that nobody saw."""
    reading = evidence.reading
    is_unchanged = reading.built_at is None and reading.window is None
    said = evidence.state.built_at if is_unchanged else reading.built_at
    return said if _is_past(said, evidence.now) else None


def _is_past(moment: datetime | None, now: datetime) -> bool:
    """Whether a moment may be true: clocks differ by minutes, not by more."""
    return moment is None or moment <= now + CLOCKS_DIFFER


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other
