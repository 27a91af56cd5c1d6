"""Which alerts travel together to one recipient, and what waits for more. Nothing is left out.

Three things share a notification: a filing and what changed of it before it was sent; the verdict
on an outage and the gap that it left; and more filings of one reading than anybody wants one by
one (after an outage, or of a docket that somebody sent us whole), the court's acts first.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.model.alert import (
    Alert,
    Amended,
    AppealFound,
    AppealProposed,
    CaughtUp,
    DocumentFreed,
    Filed,
    GapOpened,
    LeadPublished,
    PaperAlert,
)
from monitor.model.delivery import MOST_SINGLE, Hold, Notification, RoutedAlert
from monitor.model.subjects import source_of
from monitor.model.timing import Every, Hours, Pace
from monitor.route.fold import fold
from monitor.route.rules import Routing
from monitor.route.timing import due_after, quiet_until

#: Of one reading, more filings than these are nobody's to read one by one.
_MOST_AT_ONCE = 20
_TO_TAKE_UP = (Filed, Amended, AppealFound, AppealProposed, LeadPublished)
#: What was found so long ago, and is led to somebody only now, had to wait.
_LATE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Bundling:
    """How long a filing may wait for its text, and a change for further ones."""

    grace: timedelta = timedelta(seconds=90)
    #: Recipients whose notifications cannot hold a bundle.
    singles: frozenset[str] = frozenset()
    #: The clock and the quiet hours of each recipient.
    hours: Mapping[str, Hours] = field(default_factory=dict)

    def hours_of(self, recipient: str) -> Hours:
        return self.hours.get(recipient, Hours())


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
        place = _Waiting(waiting.get(recipient, []), now, bundling.hours_of(recipient))
        rest = place.join(alerts, is_single=is_single)
        for group in _groups(rest, bundling.hours_of(recipient), now, is_single=is_single):
            made = _notification(recipient, group, carriers, bundling, now)
            if is_single or not place.takes(made):
                place.add(made)
        plans += place.touched()
    return plans


def _by_recipient(routings: Iterable[Routing]) -> dict[str, list[RoutedAlert]]:
    found: dict[str, list[RoutedAlert]] = {}
    for routing in routings:
        for recipient, lead in routing.leads.items():
            # What is said of sources and watches asks nobody to take it up.
            asked = lead.escalation if isinstance(routing.alert, _TO_TAKE_UP) else None
            routed = RoutedAlert(routing.alert, lead.path, lead.pace, lead.is_urgent, asked)
            found.setdefault(recipient, []).append(routed)
    return found


# --- joining what still waits ---

#: Holds under which one notification gathers what comes in until a moment.
_GATHERING = (Hold.DIGEST, Hold.QUIET)


class _Waiting:
    """What waits for one recipient; what is put into it is planned anew."""

    def __init__(self, held: Iterable[Notification], now: datetime, hours: Hours) -> None:
        self._open = {notification.delivery_id: notification for notification in held}
        self._touched: dict[str, None] = {}
        self._now, self._hours = now, hours

    def touched(self) -> list[Notification]:
        return [self._open[name] for name in self._touched]

    def add(self, notification: Notification) -> None:
        self._open[notification.delivery_id] = notification
        self._touched[notification.delivery_id] = None

    def join(self, alerts: Sequence[RoutedAlert], *, is_single: bool) -> list[RoutedAlert]:
        """Put changes into the notification that waits with their entry; the rest is returned.

        A change that may not wait so long takes its filing along.
        """
        rest: list[RoutedAlert] = []
        for routed in alerts:
            place = _place_for(routed.alert, self._open.values())
            if place is None or (is_single and not _is_one(place.alerts, routed)):
                rest.append(routed)
            elif self._outruns(routed, place):
                rest += [*self._taken_out(place, _told_keys(routed.alert)), routed]
            else:
                self.add(_with(place, routed, self._now))
        return rest

    def takes(self, made: Notification) -> bool:
        """Put a new notification into the one that is sent at that moment; False: there is none."""
        if made.hold not in _GATHERING:
            return False
        place = next((one for one in self._open.values() if _gathers(one, made)), None)
        if place is None:
            return False
        escalation = place.escalation or made.escalation
        together = replace(place, alerts=(*place.alerts, *made.alerts), escalation=escalation)
        self.add(together)
        return True

    def _outruns(self, routed: RoutedAlert, place: Notification) -> bool:
        if place.hold not in _GATHERING:
            return False
        due = _moment((routed.pace, routed.is_urgent), self._hours, self._now)
        return due < place.send_after

    def _taken_out(
        self, place: Notification, keys: frozenset[tuple[str, str]]
    ) -> list[RoutedAlert]:
        """The alerts of these entries, which leave the notification; an empty one is not sent."""
        taken = [one for one in place.alerts if _told_keys(one.alert) & keys]
        kept = tuple(one for one in place.alerts if one not in taken)
        self.add(replace(place, alerts=kept))
        return [replace(one, is_moved=True) for one in taken]


def _gathers(place: Notification, made: Notification) -> bool:
    """Whether what is made now is sent with what waits; within its window, the first decides."""
    if place.hold is not made.hold or not place.alerts:
        return False
    is_window = all(one.pace.every is Every.WINDOW for one in made.alerts)
    return place.send_after <= made.send_after if is_window else place.send_after == made.send_after


def _place_for(alert: Alert, held: Iterable[Notification]) -> Notification | None:
    if not isinstance(alert, Amended | DocumentFreed):
        return None
    for notification in held:
        if any(_told_keys(routed.alert) & _told_keys(alert) for routed in notification.alerts):
            return notification
    return None


def _with(notification: Notification, routed: RoutedAlert, now: datetime) -> Notification:
    is_urgent = notification.is_urgent or routed.is_urgent
    more = replace(notification, alerts=(*notification.alerts, routed), is_urgent=is_urgent)
    is_waited_for = notification.hold is Hold.TEXT and _brings_text(routed.alert)
    return replace(more, send_after=now, hold=Hold.NONE) if is_waited_for else more


def _brings_text(alert: Alert) -> bool:
    return isinstance(alert, Amended) and bool(alert.entry.text)


def _told_keys(alert: Alert) -> frozenset[tuple[str, str]]:
    """(case, entry) of the filing that an alert tells of; none for others."""
    if not isinstance(alert, PaperAlert):
        return frozenset()
    entries = alert.entries if isinstance(alert, Filed) else (alert.entry,)
    return frozenset((alert.case.case_id, entry.entry_id) for entry in entries)


# --- what comes in together ---


def _groups(
    alerts: Iterable[RoutedAlert], hours: Hours, now: datetime, *, is_single: bool
) -> list[list[RoutedAlert]]:
    """What is sent together; what is sent at once never waits for what comes with a digest."""
    groups = _grouped(alerts, is_single=is_single)
    if is_single:
        return groups
    by_moment: dict[datetime, list[list[RoutedAlert]]] = {}
    for group in groups:
        by_moment.setdefault(_moment(_timing(group), hours, now), []).append(group)
    return [group for some in by_moment.values() for group in _with_floods(_with_late(some, now))]


def _moment(timing: tuple[Pace, bool], hours: Hours, now: datetime) -> datetime:
    """When what is asked for at this pace may be sent."""
    pace, is_urgent = timing
    due = due_after(pace, hours, now)
    return due if is_urgent else quiet_until(hours, due)


def _timing(group: Sequence[RoutedAlert]) -> tuple[Pace, bool]:
    """The most pressing of those that travel together."""
    return min(one.pace for one in group), any(one.is_urgent for one in group)


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
    return _told_keys(alert) if isinstance(alert, Amended | DocumentFreed) else ()


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
    return isinstance(alert, PaperAlert) and alert.created_at < now - _LATE


def _with_floods(groups: Sequence[list[RoutedAlert]]) -> list[list[RoutedAlert]]:
    """Of an outage or a reading with many filings: one group, the court's acts first, the verdict
    last."""
    kept: list[list[RoutedAlert]] = []
    outages: dict[tuple[str, datetime], list[list[RoutedAlert]]] = {}
    for group in groups:
        outages.setdefault(_outage_of(group[0].alert), []).append(group)
    for some in outages.values():
        filings = [g for g in some if isinstance(g[0].alert, PaperAlert)]
        verdicts = [g for g in some if isinstance(g[0].alert, CaughtUp)]
        if len(filings) <= (MOST_SINGLE if verdicts else _MOST_AT_ONCE):
            kept += some
            continue
        kept += [g for g in some if g not in filings and g not in verdicts]
        kept.append([one for g in (*sorted(filings, key=_weight), *verdicts) for one in g])
    return kept


def _outage_of(alert: Alert) -> tuple[str, datetime]:
    """What one reading of one source brought has one name."""
    return source_of(alert), alert.created_at


def _weight(group: Sequence[RoutedAlert]) -> int:
    judged = (one.alert for one in group if isinstance(one.alert, PaperAlert))
    return min(alert.judgement.weight for alert in judged)


# --- one notification ---


def _notification(
    recipient: str,
    group: Sequence[RoutedAlert],
    carriers: Mapping[tuple[str, str], str],
    bundling: Bundling,
    now: datetime,
) -> Notification:
    hold, until = _held_until(recipient, group, bundling, now)
    _, is_urgent = _timing(group)
    # An alert that begins a notification of this recipient begins no other one.
    first = next((one for one in group if not one.is_moved), group[0])
    return Notification(
        delivery_id=f"{first.alert.alert_id}.{recipient_part(recipient)}",
        recipient=recipient,
        alerts=tuple(group),
        created_at=now,
        send_after=until,
        hold=hold,
        answers=_answers(recipient, group, carriers),
        is_urgent=is_urgent,
        escalation=next((one.escalation for one in group if one.escalation), None),
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


def _held_until(
    recipient: str, group: Sequence[RoutedAlert], bundling: Bundling, now: datetime
) -> tuple[Hold, datetime]:
    hours, (pace, is_urgent) = bundling.hours_of(recipient), _timing(group)
    if pace.every is Every.NOW:
        hold, until = _hold(group, bundling, now)
    else:
        hold, until = Hold.DIGEST, due_after(pace, hours, now)
    allowed = until if is_urgent else quiet_until(hours, until)
    if allowed == until:
        return hold, until
    return (hold if hold is Hold.DIGEST else Hold.QUIET), allowed


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
