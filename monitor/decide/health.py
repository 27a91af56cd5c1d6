"""What a poll says about the source itself: a gap, other coverage, sickness, recovery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.diff.coverage import find_gap, find_list_gap, stands_still
from monitor.model.alert import Alert
from monitor.model.change import (
    Change,
    CoverageChanged,
    GapOpened,
    SourceRecovered,
    SourceUnhealthy,
)
from monitor.model.court import court
from monitor.model.source import Source, SourceKind, SourceState
from monitor.model.watch import Watch
from monitor.ports import Reading
from monitor.route import compose_silence

_CLOCKS_DIFFER = timedelta(minutes=15)


@dataclass
class Verdict:
    """What is said about a source, and what is remembered of it."""

    state: SourceState
    changes: list[Change] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    gap: GapOpened | None = None


def judge_source(
    source: Source,
    state: SourceState,
    reading: Reading,
    watches: Sequence[Watch],
    now: datetime,
) -> Verdict:
    """What a good answer says about the source: a gap, other coverage, health."""
    # A build date that lies ahead would vouch for days that nobody saw.
    is_ahead = not _is_past(reading.built_at, now)
    built_at = None if is_ahead else reading.built_at
    gap = _find_gap(source, state, reading, built_at, now)
    verdict = Verdict(state, gap=gap)
    if gap:
        verdict.changes.append(gap)
        verdict.alerts.append(compose_silence.gap_alert(source, gap, watches, now))
    _judge_coverage(verdict, source, state.window.description, reading.description, watches, now)
    complaint = reading.complaint or _staleness(source, _later(built_at, state.built_at), now)
    if is_ahead:
        complaint = f"it says that it was built at {reading.built_at}, which lies ahead"
    is_whole = source.kind is SourceKind.COURT_RSS and gap is None
    unhealthy_since = _judge_health(verdict, source, state, complaint, watches, now, is_whole)
    verdict.state = replace(
        state,
        last_polled_at=now,
        last_good_at=now,
        failures=0,
        last_error=complaint,
        unhealthy_since=unhealthy_since,
        note=reading.note,
        incomplete=state.incomplete + reading.incomplete,
        etag=reading.etag,
        last_modified=reading.last_modified,
        cursor=reading.cursor or state.cursor,
        # Never backward: a court shows two build times, seconds apart, for one build.
        built_at=_later(built_at, state.built_at),
        covered_since=(gap.until_at if gap else state.covered_since) or _covers_from(source, now),
        covered_until=_later(
            built_at or now, state.covered_until if _is_past(state.covered_until, now) else None
        ),
    )
    return verdict


def judge_failure(
    source: Source,
    state: SourceState,
    reason: str,
    unhealthy_after: int,
    watches: Sequence[Watch],
    now: datetime,
) -> Verdict:
    """A failed poll: told once, after some in a row. Nothing that the source showed is touched."""
    failures = state.failures + 1
    verdict = Verdict(replace(state, last_polled_at=now, failures=failures, last_error=reason))
    if failures >= unhealthy_after and state.unhealthy_since is None:
        _tell_unhealthy(verdict, source, state, reason, watches, now)
        verdict.state = replace(verdict.state, unhealthy_since=now)
    return verdict


def _judge_coverage(
    verdict: Verdict,
    source: Source,
    before: str,
    after: str,
    watches: Sequence[Watch],
    now: datetime,
) -> None:
    if not before or not after or before == after:
        return
    verdict.changes.append(CoverageChanged(source.source_id, before, after))
    reason = f"it carried “{before}” and now carries “{after}”"
    alert = compose_silence.health_alert(source, "coverage_changed", reason, now, watches, now)
    verdict.alerts.append(alert)


def _judge_health(
    verdict: Verdict,
    source: Source,
    state: SourceState,
    complaint: str,
    watches: Sequence[Watch],
    now: datetime,
    is_whole: bool,
) -> datetime | None:
    since = state.unhealthy_since
    if complaint and since is None:
        _tell_unhealthy(verdict, source, state, complaint, watches, now)
        return now
    if since and not complaint:
        reason = state.last_error
        verdict.changes.append(SourceRecovered(source.source_id, reason))
        alert = compose_silence.health_alert(
            source, "source_recovered", reason, since, watches, now, is_whole=is_whole
        )
        verdict.alerts.append(alert)
        return None
    return since


def _tell_unhealthy(
    verdict: Verdict,
    source: Source,
    state: SourceState,
    reason: str,
    watches: Sequence[Watch],
    now: datetime,
) -> None:
    last_good = state.last_good_at.isoformat() if state.last_good_at else ""
    verdict.changes.append(SourceUnhealthy(source.source_id, reason))
    verdict.alerts.append(
        compose_silence.health_alert(
            source, "source_unhealthy", reason, now, watches, now, last_good_at=last_good
        )
    )


def _staleness(source: Source, built_at: datetime | None, now: datetime) -> str:
    """A feed that answers but is not rebuilt: HTTP is happy, and nothing can be seen."""
    if source.kind is not SourceKind.COURT_RSS or built_at is None:
        return ""
    local = now.astimezone(ZoneInfo(court(source.court_id).timezone))
    if not stands_still(built_at, now, is_weekend=local.weekday() >= 5):
        return ""
    return f"the feed stands still: it was last built at {built_at:%Y-%m-%d %H:%M} UTC"


def _is_past(moment: datetime | None, now: datetime) -> bool:
    """Whether a moment may be true: clocks differ by minutes, not by more."""
    return moment is None or moment <= now + _CLOCKS_DIFFER


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other


def _find_gap(
    source: Source,
    state: SourceState,
    reading: Reading,
    built_at: datetime | None,
    now: datetime,
) -> GapOpened | None:
    if source.kind is SourceKind.CL_ATOM:
        return find_list_gap(
            source.source_id, state, now, total=reading.total, shared=reading.shared
        )
    if source.kind is not SourceKind.COURT_RSS:
        return None
    return find_gap(
        source.source_id,
        state,
        built_at or now,
        total=reading.total,
        shared=reading.shared,
        oldest_at=reading.oldest_at,
    )


def _covers_from(source: Source, now: datetime) -> datetime:
    return now - timedelta(hours=24) if source.kind is SourceKind.COURT_RSS else now
