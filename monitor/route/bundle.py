"""Which alerts travel together to one recipient, and what waits for more. Nothing is left out.

Three things share a notification: a filing and what changed of it before it was sent; the verdict
on an outage and the gap that it left; and, after an outage, more filings than anybody wants one by
one, the court's acts first.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.model.alert import Alert, Amended, CaughtUp, Filed, GapOpened
from monitor.model.delivery import MOST_SINGLE, Hold, Notification, RoutedAlert
from monitor.model.subjects import source_of
from monitor.route.fold import fold
from monitor.route.rules import Routing

#: What was found so long ago, and is led to somebody only now, had to wait.
_LATE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Bundling:
    """How long a filing may wait for its text, and a change for further ones."""

    grace: timedelta = timedelta(seconds=90)
    #: Recipients whose notifications cannot hold a bundle.
    singles: frozenset[str] = frozenset()


def bundle(
    routings: Iterable[Routing],
    held: Iterable[Notification],
    carriers: Mapping[tuple[str, str], str],
    bundling: Bundling,
    now: datetime,
) -> list[Notification]:
    """The notifications that these alerts make, new ones and those of `held` that they join.

    `carriers` says which notification brought (recipient, alert).
    """
    waiting: dict[str, list[Notification]] = {}
    for notification in held:
        waiting.setdefault(notification.recipient, []).append(notification)
    plans: list[Notification] = []
    for recipient, alerts in _by_recipient(routings).items():
        is_single = recipient in bundling.singles
        joined, rest = _join(alerts, waiting.get(recipient, []), now, is_single=is_single)
        groups = _grouped(rest, is_single=is_single)
        groups = groups if is_single else _with_floods(_with_late(groups, now))
        new = [_notification(recipient, group, carriers, bundling, now) for group in groups]
        plans += [*joined, *new]
    return plans


def _by_recipient(routings: Iterable[Routing]) -> dict[str, list[RoutedAlert]]:
    found: dict[str, list[RoutedAlert]] = {}
    for routing in routings:
        for recipient, rule in routing.recipients.items():
            found.setdefault(recipient, []).append(RoutedAlert(routing.alert, rule))
    return found


# --- joining what still waits ---


def _join(
    alerts: Sequence[RoutedAlert], held: Sequence[Notification], now: datetime, *, is_single: bool
) -> tuple[list[Notification], list[RoutedAlert]]:
    """Put changes into the notification that waits with their entry; the rest is returned."""
    open_ = {notification.delivery_id: notification for notification in held}
    touched: set[str] = set()
    rest: list[RoutedAlert] = []
    for routed in alerts:
        place = _place_for(routed.alert, open_.values())
        if place is None or (is_single and not _is_one(place.alerts, routed)):
            rest.append(routed)
            continue
        open_[place.delivery_id] = _with(place, routed, now)
        touched.add(place.delivery_id)
    return [open_[name] for name in sorted(touched)], rest


def _place_for(alert: Alert, held: Iterable[Notification]) -> Notification | None:
    if not isinstance(alert, Amended):
        return None
    for notification in held:
        if any(_told_keys(routed.alert) & _told_keys(alert) for routed in notification.alerts):
            return notification
    return None


def _with(notification: Notification, routed: RoutedAlert, now: datetime) -> Notification:
    more = replace(notification, alerts=(*notification.alerts, routed))
    is_waited_for = notification.hold is Hold.TEXT and _brings_text(routed.alert)
    return replace(more, send_after=now, hold=Hold.NONE) if is_waited_for else more


def _brings_text(alert: Alert) -> bool:
    return isinstance(alert, Amended) and bool(alert.entry.text)


def _told_keys(alert: Alert) -> frozenset[tuple[str, str]]:
    """(case, entry) of the filing that an alert tells of; none for others."""
    if not isinstance(alert, Filed | Amended):
        return frozenset()
    entries = alert.entries if isinstance(alert, Filed) else (alert.entry,)
    return frozenset((alert.case.case_id, entry.entry_id) for entry in entries)


# --- what comes in together ---


def _is_one(told: Sequence[RoutedAlert], more: RoutedAlert) -> bool:
    """Whether a document that has place for one alert says all of it."""
    alerts = [*(routed.alert for routed in told), more.alert]
    return len(fold(alerts, keep_gaps=True)) == 1


def _grouped(alerts: Iterable[RoutedAlert], *, is_single: bool) -> list[list[RoutedAlert]]:
    """Alerts for one recipient, in the groups in which they travel, in the order of the first."""
    groups: list[list[RoutedAlert]] = []
    by_key: dict[Hashable, list[RoutedAlert]] = {}
    for routed in alerts:
        key = next((key for key in _joins(routed.alert) if key in by_key), None)
        if key is None or (is_single and not _is_one(by_key[key], routed)):
            groups.append([routed])
            by_key |= dict.fromkeys(_offers(routed.alert), groups[-1])
        else:
            by_key[key].append(routed)
            if isinstance(routed.alert, CaughtUp | GapOpened):
                del by_key[key]  # one verdict, one gap
    for group in groups:
        # The verdict speaks for the gap that stands beside it, whichever came first.
        group.sort(key=lambda one: isinstance(one.alert, GapOpened))
    return groups


def _joins(alert: Alert) -> Iterable[Hashable]:
    """What an alert travels with, where it is there."""
    if isinstance(alert, CaughtUp):
        return (("gap", _outage_of(alert)),)
    if isinstance(alert, GapOpened):
        return (("verdict", _outage_of(alert)),)
    return _told_keys(alert) if isinstance(alert, Amended) else ()


def _offers(alert: Alert) -> Iterable[Hashable]:
    """What others may travel with."""
    if isinstance(alert, CaughtUp):
        return (("verdict", _outage_of(alert)),)
    if isinstance(alert, GapOpened):
        return (("gap", _outage_of(alert)),)
    return _told_keys(alert)


def _with_late(groups: Sequence[list[RoutedAlert]], now: datetime) -> list[list[RoutedAlert]]:
    """Of many filings that waited for a watch to be resumed: one group, court acts first."""
    late: list[list[RoutedAlert]] = []
    kept: list[list[RoutedAlert]] = []
    for group in groups:
        (late if _is_late(group[0].alert, now) else kept).append(group)
    if len(late) <= MOST_SINGLE:
        return list(groups)
    return [*kept, [one for group in sorted(late, key=_weight) for one in group]]


def _is_late(alert: Alert, now: datetime) -> bool:
    return isinstance(alert, Filed | Amended) and alert.created_at < now - _LATE


def _with_floods(groups: Sequence[list[RoutedAlert]]) -> list[list[RoutedAlert]]:
    """Of an outage with many filings: one group, the court's acts first, the verdict last."""
    kept: list[list[RoutedAlert]] = []
    outages: dict[tuple[str, datetime], list[list[RoutedAlert]]] = {}
    for group in groups:
        outages.setdefault(_outage_of(group[0].alert), []).append(group)
    for some in outages.values():
        filings = [g for g in some if isinstance(g[0].alert, Filed | Amended)]
        verdicts = [g for g in some if isinstance(g[0].alert, CaughtUp)]
        if not verdicts or len(filings) <= MOST_SINGLE:
            kept += some
            continue
        kept += [g for g in some if g not in filings and g not in verdicts]
        kept.append([one for g in (*sorted(filings, key=_weight), *verdicts) for one in g])
    return kept


def _outage_of(alert: Alert) -> tuple[str, datetime]:
    """What one reading of one source brought has one name."""
    return source_of(alert), alert.created_at


def _weight(group: Sequence[RoutedAlert]) -> int:
    judged = (one.alert for one in group if isinstance(one.alert, Filed | Amended))
    return min(alert.judgement.weight for alert in judged)


# --- one notification ---


def _notification(
    recipient: str,
    group: Sequence[RoutedAlert],
    carriers: Mapping[tuple[str, str], str],
    bundling: Bundling,
    now: datetime,
) -> Notification:
    hold, until = _hold(group, bundling, now)
    return Notification(
        # The first alert is in no other notification to this recipient.
        delivery_id=f"{group[0].alert.alert_id}.{recipient_part(recipient)}",
        recipient=recipient,
        alerts=tuple(group),
        created_at=now,
        send_after=until,
        hold=hold,
        answers=_answers(recipient, group, carriers),
    )


def recipient_part(recipient: str) -> str:
    """A recipient's name as part of an id."""
    return "".join(letter if letter.isalnum() else "-" for letter in recipient.lower())


def _answers(
    recipient: str, group: Sequence[RoutedAlert], carriers: Mapping[tuple[str, str], str]
) -> str:
    """The notification that told this recipient first of what this one amends."""
    amended = (one.alert.amends for one in group if isinstance(one.alert, Amended))
    found = (carriers.get((recipient, alert_id), "") for alert_id in amended)
    return next((name for name in found if name), "")


def _hold(group: Sequence[RoutedAlert], bundling: Bundling, now: datetime) -> tuple[Hold, datetime]:
    first, until = group[0].alert, group[0].alert.created_at + bundling.grace
    if isinstance(first, Filed) and len(group) == 1 and first.text_expected_until:
        hold, until = Hold.TEXT, min(until, first.text_expected_until)
    elif all(isinstance(one.alert, Amended) for one in group) and not _is_flood(group):
        hold = Hold.AMENDMENTS
    else:
        return Hold.NONE, now
    # What was found under a clock that ran ahead waits no longer than anything else.
    until = min(until, now + bundling.grace)
    return (hold, until) if until > now else (Hold.NONE, now)


def _is_flood(group: Sequence[RoutedAlert]) -> bool:
    return len({key for one in group for key in _told_keys(one.alert)}) > 1
