"""After an outage: what the silence was worth. The filings have alerts of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.decide.evidence import Evidence
from monitor.decide.health import Health
from monitor.decide.snapshots import alert_id, case_ref, source_ref, why_watched
from monitor.diff.coverage import Span
from monitor.model.alert import Amended, CaughtUp, DocketRef, Filed, FilingAlert, Hole
from monitor.model.change import GapOpened
from monitor.model.delivery import MOST_SINGLE
from monitor.model.outcome import Consequences
from monitor.model.source import Source, SourceState
from monitor.model.watch import Watch, one_per_case

#: A source that was not read for longer than this, and for three of its intervals, was away.
_LONG = timedelta(hours=2)


def away_since(source: Source, state: SourceState, now: datetime) -> datetime | None:
    """When the source was read last, where that is so long ago that readers ask themselves."""
    last = state.last_good_at
    is_asked = source.traits.shows_filings and not source.traits.is_pushed
    if not is_asked or last is None or now - last <= max(_LONG, 3 * source.every):
        return None
    return last


def catch_up(evidence: Evidence, told: Sequence[FilingAlert], health: Health) -> Consequences:
    """The verdict on an outage, one for each case; nothing where there was none.

    Where the message about the recovery of the source tells already what the silence was worth,
    only a flood is summed up. A source that is still sick, or that was not built anew,
    knows nothing of the time since, and gets no verdict.
    """
    since = away_since(evidence.source, evidence.state, evidence.now)
    until = health.state.covered_until or evidence.now
    if since is None or until <= since or health.state.unhealthy_since is not None:
        return Consequences()
    is_window = evidence.source.traits.is_window
    # Whoever asked for filings only is not told of the gap itself, and must hear of it here.
    is_said = bool(health.consequences.alerts) and health.gap is None
    if len(told) <= MOST_SINGLE and (is_said or not is_window):
        return Consequences()
    verdicts = []
    for watch in one_per_case(_read_before(evidence)):
        ours = [alert for alert in told if alert.case.case_id == watch.case_id]
        if ours or is_window:
            verdicts.append(_verdict(evidence, watch, Span(since, until), ours, health.gap))
    return Consequences(alerts=tuple(verdicts))


def _read_before(evidence: Evidence) -> list[Watch]:
    return [w for w in evidence.watches if w.watch_id in evidence.memory.baselines]


def _verdict(
    evidence: Evidence,
    watch: Watch,
    away: Span,
    told: Sequence[FilingAlert],
    gap: GapOpened | None,
) -> CaughtUp:
    name = (watch.case_id, evidence.source.source_id, away.since.isoformat())
    return CaughtUp(
        alert_id=alert_id("away", *name),
        created_at=evidence.now,
        why=why_watched(watch),
        case=case_ref(watch),
        source=source_ref(evidence.source),
        docket=DocketRef(watch.court_id, watch.docket_number),
        since=away.since,
        until=away.until,
        gap=Hole(gap.from_at, gap.until_at, gap.reason) if gap else None,
        filed=sum(isinstance(alert, Filed) for alert in told),
        amended=sum(isinstance(alert, Amended) for alert in told),
    )
