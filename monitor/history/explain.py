"""Why an entry was told, or was not: who judged it, who watches it, which rule took it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.classify.entry import judgement_of
from monitor.classify.kinds import RULES_VERSION
from monitor.history import deliveries
from monitor.history.answers import (
    DeliveryLine,
    Explanation,
    RecordedRefusal,
    RuleVerdict,
    WatchBrief,
)
from monitor.history.entries import entry_and_docket, line_of
from monitor.history.questions import AsOf
from monitor.history.record import Record
from monitor.match.watchlist import is_about, make_watchlist
from monitor.model.delivery import Rule
from monitor.model.docket import Docket
from monitor.model.evidence import is_imported
from monitor.model.watch import WatchState
from monitor.route.rules import every_rule, refused_filing


def explain(
    record: Record, entry_id: str, rules: Sequence[Rule], as_of: AsOf | None = None
) -> Explanation:
    """Everything that decided whether this entry was told; `rules` are the present ones.

    With `as_of` it is judged by its words of then.
    """
    entry, docket = entry_and_docket(record, entry_id, as_of)
    judgement = judgement_of(entry)
    watches = _watches(record, docket)
    active = make_watchlist(record.unit.watches.all())
    case_ids = {w.case_id for w in active.watches_of(docket.court_id, docket.docket_number)}
    told = deliveries.of_entry(record, entry.entry_id)
    refusals = deliveries.refusals_of_entry(record, entry.entry_id)
    stored = entry.judgement.rules_version if entry.judgement else 0
    return Explanation(
        entry=line_of(entry, docket),
        kind_reason=judgement.reason,
        ruling_reason=judgement.ruling_reason,
        rules_version=stored,
        current_rules_version=RULES_VERSION,
        watches=watches,
        verdicts=tuple(
            RuleVerdict(path, refused_filing(rule, case_ids, judgement))
            for path, rule in every_rule(rules)
        ),
        refusals=refusals,
        deliveries=told,
        why_not_told=tuple(_why_not(record, entry.entry_id, watches, told, refusals)),
    )


def _watches(record: Record, docket: Docket) -> tuple[WatchBrief, ...]:
    return tuple(
        WatchBrief(watch.watch_id, watch.since, watch.state.value)
        for watch in record.unit.watches.every()
        if is_about(watch, docket.court_id, docket.docket_number)
    )


def _why_not(
    record: Record,
    entry_id: str,
    watches: Sequence[WatchBrief],
    told: Sequence[DeliveryLine],
    refusals: Sequence[RecordedRefusal],
) -> Iterator[str]:
    """One sentence for each reason for which somebody was not told."""
    if is_imported(entry_id):
        yield "it was imported from another installation: nobody is told of what we did not see"
        return
    states = {watch.state for watch in watches}
    is_watched = WatchState.ACTIVE.value in states
    if not is_watched and WatchState.PAUSED.value in states:
        yield "its watch is paused: what comes is recorded, and told when it is resumed"
    elif not is_watched:
        yield "no watch is about its docket now"
    for alert_id in dict.fromkeys(refusal.alert_id for refusal in refusals):
        topic = next(r.topic for r in refusals if r.alert_id == alert_id)
        yield f"the alert {alert_id} ({topic}) was refused by every rule"
    topics = deliveries.alerts_about(record, entry_id).values()
    if is_watched and not set(topics) - {"story", "gap_closed", "now_watching"}:
        yield "it stood there when its watch began: it is part of what was found, and no news"
    if is_watched and not told and not refusals and set(topics) & {"filed", "amended", "caught_up"}:
        yield "its alert waits to be routed: is the daemon running?"
