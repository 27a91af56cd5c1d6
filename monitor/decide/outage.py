"""After an outage: one message that says what came in, and whether anything is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from monitor.decide.filings import one_per_case
from monitor.decide.health import Verdict
from monitor.model.alert import Alert
from monitor.model.source import Source, SourceKind, SourceState
from monitor.model.watch import Watch
from monitor.route import compose_silence

#: A source that was not read for longer than this, and for three of its intervals, was away.
_LONG = timedelta(hours=2)
#: More filings than this are told in one message.
MOST_SINGLE = 5
_DOCKETS = {
    SourceKind.COURT_RSS, SourceKind.CL_ENTRIES, SourceKind.CL_ATOM, SourceKind.SUPREME_COURT,
}  # fmt: skip


def away_since(source: Source, state: SourceState, now: datetime) -> datetime | None:
    """When the source was read last, where that is so long ago that readers ask themselves."""
    last = state.last_good_at
    if source.kind not in _DOCKETS or last is None or now - last <= max(_LONG, 3 * source.every):
        return None
    return last


def tell_away(
    source: Source,
    since: datetime,
    told: Sequence[Alert],
    verdict: Verdict,
    watches: Iterable[Watch],
    now: datetime,
) -> list[Alert]:
    """What is told after an outage: the filings, in one message where they are many.

    Where they are few, each has its own message, and one more says what the silence was worth,
    unless the message about the gap or about the recovery of the source does.
    """
    is_flood = len(told) > MOST_SINGLE
    if not is_flood and (verdict.alerts or source.kind is not SourceKind.COURT_RSS):
        return list(told)
    spoken_to = one_per_case(list(watches))
    cases = {watch.case_id for watch in spoken_to}
    alerts = [alert for alert in told if not is_flood or alert.case_id not in cases]
    for watch in spoken_to:
        ours = [alert for alert in told if alert.case_id == watch.case_id]
        if ours or source.kind is SourceKind.COURT_RSS:
            alerts.append(compose_silence.away_alert(watch, source, since, ours, verdict.gap, now))
    return alerts
