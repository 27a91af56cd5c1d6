"""Rules tried on the past: what each recipient would have got, and what another file changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa

from monitor.history.answers import DayOfRecipient, Difference, Trial, TriedAlert
from monitor.history.record import Record
from monitor.model.alert import Alert, Amended, Filed, LeadPublished, NowWatching, StoryPublished
from monitor.model.codec import load_alert
from monitor.model.delivery import Rule
from monitor.model.subjects import case_of, kind_of
from monitor.normalize.dates import court_day
from monitor.route.rules import Routing, route_all
from monitor.store import schema

#: Days are those of Washington, where the cases are.
_ZONE = "America/New_York"


def try_rules(
    record: Record, rules: Sequence[Rule], running: Sequence[Rule], since: datetime
) -> Trial:
    """Lead every stored alert since then by these rules, and by the running ones beside them."""
    alerts = list(_alerts(record, since))
    ours, theirs = route_all(alerts, rules, {}), route_all(alerts, running, {})
    return Trial(
        since=since,
        alerts=len(alerts),
        days=tuple(_days(ours)),
        differences=tuple(_differences(ours, theirs)),
        to_nobody=tuple(_tried(r.alert, "") for r in ours if not r.recipients),
    )


def filings_of(record: Record, since: datetime) -> Iterator[tuple[str, TriedAlert]]:
    """Each entry that an alert told of as filed or amended since then, and that alert."""
    for alert in _alerts(record, since):
        if isinstance(alert, Filed | Amended):
            entries = alert.entries if isinstance(alert, Filed) else (alert.entry,)
            yield from ((entry.entry_id, _tried(alert, "")) for entry in entries)


def _alerts(record: Record, since: datetime) -> Iterator[Alert]:
    t = schema.alerts
    query = (
        sa.select(t.c.body).where(t.c.created_at >= since).order_by(t.c.created_at, t.c.alert_id)
    )
    return (load_alert(row.body) for row in record.rows(query))


def _days(routings: Iterable[Routing]) -> Iterator[DayOfRecipient]:
    """What each recipient would have got, a day at a time, the latest day first."""
    found: dict[tuple[str, str], list[TriedAlert]] = {}
    for routing in routings:
        day = court_day(routing.alert.created_at, _ZONE).isoformat()
        for recipient, path in routing.recipients.items():
            found.setdefault((day, recipient), []).append(_tried(routing.alert, path))
    for day, recipient in sorted(found, key=lambda key: (key[0], key[1]), reverse=True):
        yield DayOfRecipient(day, recipient, tuple(found[day, recipient]))


def _differences(ours: Sequence[Routing], theirs: Sequence[Routing]) -> Iterator[Difference]:
    for new, old in zip(ours, theirs, strict=True):
        for recipient in sorted(new.recipients.keys() ^ old.recipients.keys()):
            is_new = recipient in new.recipients
            path = (new if is_new else old).recipients[recipient]
            yield Difference(recipient, is_new, _tried(new.alert, path))


def _tried(alert: Alert, path: str) -> TriedAlert:
    return TriedAlert(
        alert_id=alert.alert_id,
        created_at=alert.created_at,
        topic=alert.topic,
        kind=kind_of(alert),
        case_id=case_of(alert),
        headline=_headline(alert),
        path=path,
    )


def _headline(alert: Alert) -> str:
    if isinstance(alert, Amended):
        return alert.entry.headline
    if isinstance(alert, StoryPublished | LeadPublished):
        return alert.story.title
    if isinstance(alert, Filed | NowWatching) and alert.entries:
        return alert.entries[0].headline
    return alert.topic.replace("_", " ")
