"""After an outage: one message that says what came in meanwhile, and whether anything is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from monitor.decide.telling import one_per_case
from monitor.model.alert import Alert
from monitor.model.change import GapOpened
from monitor.model.source import Source, SourceKind, SourceState
from monitor.model.watch import Watch
from monitor.route import compose

#: A source that was not read for longer than this, and for three of its intervals, was away.
_LONG = timedelta(hours=2)
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
    gap: GapOpened | None,
    watches: Iterable[Watch],
    now: datetime,
) -> list[Alert]:
    """One message per case instead of one per filing.

    A court's feed speaks up in any case, for its windows prove what the silence is worth; another
    source only where it has something to tell.
    """
    alerts = []
    for watch in one_per_case(list(watches)):
        ours = [a for a in told if a.case_id == watch.case_id and a.topic in {"filed", "amended"}]
        if ours or source.kind is SourceKind.COURT_RSS:
            alerts.append(compose.away_alert(watch, source, since, ours, gap, now))
    return alerts
