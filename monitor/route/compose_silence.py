"""Alerts about what silence is worth: gaps, time away, sick sources, messages given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from monitor.model.alert import Alert
from monitor.model.change import GapOpened
from monitor.model.coverage import OpenGap
from monitor.model.source import Source
from monitor.model.watch import Watch
from monitor.route.facts import (
    alert_id,
    case_facts,
    court_facts,
    docket_facts,
    source_facts,
    watched,
    why_watched,
)


def gap_alert(source: Source, gap: GapOpened, watches: Sequence[Watch], now: datetime) -> Alert:
    """A hole in what a source vouches for: something may have been filed that we cannot see."""
    facts = {
        "source": source_facts(source),
        "court": court_facts(source.court_id),
        "from_at": gap.from_at.isoformat(),
        "until_at": gap.until_at.isoformat(),
        "reason": gap.reason,
        "dockets": watched(watches),
        "case_ids": sorted({watch.case_id for watch in watches}),
        "why": "this source covers dockets that you watch",
    }
    name = alert_id("gap", source.source_id, gap.from_at.isoformat())
    return Alert(name, "gap", "", "", "gap_opened", now, facts)


def gap_closed_alert(source: Source, gap: OpenGap, found: Sequence[str], now: datetime) -> Alert:
    """A hole was looked into at another source, and what was found there."""
    facts = {
        "source": source_facts(source),
        "gap_source_id": gap.source_id,
        "court": court_facts(source.court_id),
        "from_at": gap.from_at.isoformat(),
        "until_at": gap.until_at.isoformat(),
        "reason": gap.reason,
        "entry_ids": list(found),
        "why": "you were told of this gap",
    }
    name = alert_id("gap_closed", gap.source_id, gap.from_at.isoformat())
    return Alert(name, "gap", "", "", "gap_closed", now, facts)


def away_alert(
    watch: Watch,
    source: Source,
    since: datetime,
    told: Sequence[Alert],
    gap: GapOpened | None,
    now: datetime,
) -> Alert:
    """What came in while a source could not be read, and whether anything is missing."""
    facts = case_facts(watch) | {
        "docket": docket_facts(watch.court_id, watch.docket_number, ""),
        "court": court_facts(source.court_id),
        "source": source_facts(source),
        "since": since.isoformat(),
        "until": now.isoformat(),
        "gap": _hole(gap) if gap else None,
        "entries": [e | _verdict_of(alert) for alert in told for e in alert.facts["entries"]],
        "why": why_watched(watch),
    }
    name = alert_id("away", watch.case_id, source.source_id, since.isoformat())
    return Alert(name, "away", watch.case_id, watch.docket_id, "while_away", now, facts)


def _hole(gap: GapOpened) -> dict[str, str]:
    return {
        "from_at": gap.from_at.isoformat(),
        "until_at": gap.until_at.isoformat(),
        "reason": gap.reason,
    }


def _verdict_of(alert: Alert) -> dict[str, Any]:
    return {"topic": alert.topic, "kind": alert.kind, "ruling": alert.facts.get("ruling", "none")}


def health_alert(
    source: Source,
    kind: str,
    reason: str,
    since: datetime,
    watches: Sequence[Watch],
    now: datetime,
    **more: str | bool,
) -> Alert:
    """A source cannot be read, or can again. Silence from it proves nothing meanwhile."""
    facts = {
        "source": source_facts(source),
        "court": court_facts(source.court_id),
        "reason": reason,
        "since": since.isoformat(),
        "dockets": watched(watches),
        "case_ids": sorted({watch.case_id for watch in watches}),
        "why": "this source covers dockets that you watch",
        **more,
    }
    name = alert_id(kind, source.source_id, since.isoformat())
    return Alert(name, "health", "", "", kind, now, facts)


def dead_delivery_alert(recipient: str, reason: str, now: datetime) -> Alert:
    """A message was given up: told once a day and recipient, so that somebody mends it."""
    facts = {
        "title": f"Messages to {recipient} are given up",
        "paragraphs": [
            f"A delivery to {recipient} was refused for good: {reason}.",
            "It is kept. Mend the address or its server, then: docket-monitor deliveries retry "
            "--all-dead",
        ],
        "why": "you are a recipient of this monitor",
    }
    name = alert_id("dead", recipient, now.date().isoformat())
    return Alert(name, "delivery", "", "", "delivery_dead", now, facts)
