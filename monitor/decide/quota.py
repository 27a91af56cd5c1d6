"""When may CourtListener be asked? Its quota is spent like money: the urgent may spend all of it.

Limits are counted over sliding windows, as the server counts them. Every priority leaves a share
of each limit to those above it, so that a day full of slow comparisons never delays the text of a
fresh order. Pure: the clock and the calls are parameters.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.model.quota import Limit, LookUp, Priority, Purpose, Quota
from monitor.model.source import DueSource, Source

#: The share of every limit that a priority leaves to the more urgent ones.
KEPT_FREE = {
    Priority.TEXT: 0.0,
    Priority.TEXT_AGAIN: 0.3,
    Priority.GAP: 0.3,
    Priority.APPEAL: 0.3,
    Priority.RECONCILE: 0.5,
    Priority.REST: 0.6,
}
#: What a slow purpose may use of the day however busy it is, so that it is not starved for weeks.
GUARANTEED = {Priority.APPEAL: 0.04, Priority.RECONCILE: 0.08, Priority.REST: 0.08}
_KEPT_FROM_GUARANTEED = 0.1
#: A stub's text is asked for at once, and then so long after the last time.
TEXT_LADDER = tuple(timedelta(minutes=m) for m in (2, 5, 15, 60, 360, 1440))
#: Who waits for a text that is asked for at once waits no longer than until it is asked again.
TEXT_PATIENCE = TEXT_LADDER[0]
#: CourtListener itself may lag: what a gap hid is looked for twice.
GAP_LADDER = (timedelta(hours=1),)
#: Servers measure their windows by their own clock.
AFTER_BLOCK = timedelta(seconds=5)
#: What the quota has no room for is looked at again after this: not at once, and not so late that a
#: limit which the server raised meanwhile goes unused.
_SOON, _LATER = timedelta(seconds=15), timedelta(minutes=10)


def may_ask_at(quota: Quota, priority: Priority, now: datetime) -> datetime:
    """The earliest moment at which a call of this priority fits all limits; `now` if it does."""
    moments = [now]
    if quota.blocked_until is not None:
        moments.append(quota.blocked_until)
    moments += [_free_at(quota, limit, priority, now) for limit in quota.limits]
    return max(moments)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which sources are read now, how urgently, and when the others are looked at again."""

    chosen: tuple[tuple[DueSource, Priority | None], ...]
    postponed: tuple[tuple[str, datetime], ...] = ()


def choose(
    due: Sequence[DueSource], quota: Quota, now: datetime, limit: int, *, is_asked_for: bool = False
) -> Choice:
    """Those for which the quota has room, the most urgent first; the others wait for it.

    What a person asks for now (`is_asked_for`) may spend all that there is.
    """
    if not any(one.source.traits.spends_quota for one in due):
        return Choice(tuple((one, None) for one in due[:limit]))
    weighed = [(one, urgency(one.source, one.look_up)) for one in due]
    weighed.sort(key=lambda pair: -1 if pair[1] is None else pair[1])
    chosen: list[tuple[DueSource, Priority | None]] = []
    postponed: list[tuple[str, datetime]] = []
    for one, regular in weighed:
        priority = Priority.TEXT if is_asked_for and regular is not None else regular
        at = now if priority is None else may_ask_at(quota, priority, now)
        if at <= now:
            chosen.append((one, priority))
            calls = quota.calls if priority is None else (*quota.calls, now)
            quota = replace(quota, calls=calls)
        elif not is_asked_for:
            postponed.append((one.source.source_id, look_again_at(at, now)))
    return Choice(tuple(chosen[:limit]), tuple(postponed))


def urgency(source: Source, look_up: Priority | None) -> Priority | None:
    """How urgent it is to read a source now; None where that spends no quota."""
    regular = source.traits.priority
    return regular if regular is None or look_up is None else min(regular, look_up)


def look_again_at(room_at: datetime, now: datetime) -> datetime:
    """When to look again at a source that the quota has no room for before `room_at`."""
    return min(max(room_at, now + _SOON), now + _LATER)


def usable(limit: Limit, priority: Priority) -> int:
    """How many calls of a window this priority may bring the count up to; at least one.

    >>> minute = Limit("5/min", 5, 60)
    >>> [usable(minute, p) for p in (Priority.TEXT, Priority.GAP, Priority.REST)]
    [5, 3, 2]
    """
    return max(1, limit.limit - math.ceil(limit.limit * KEPT_FREE[priority]))


def used(quota: Quota, limit: Limit, now: datetime) -> int:
    """How many calls count against a limit now, those of other programs of the account included."""
    window = timedelta(seconds=limit.window_seconds)
    ours = len(quota.calls) - bisect_right(quota.calls, now - window)
    return ours + _foreign(quota, limit, now)


def next_try(look_up: LookUp, now: datetime) -> LookUp | None:
    """The look-up after a reading that did not bring what it wants; None where it is given up."""
    ladder = TEXT_LADDER if look_up.purpose is Purpose.TEXT else GAP_LADDER
    if look_up.attempts >= len(ladder):
        return None
    again = Priority.TEXT_AGAIN if look_up.purpose is Purpose.TEXT else look_up.priority
    return LookUp(
        purpose=look_up.purpose,
        source_id=look_up.source_id,
        subject=look_up.subject,
        priority=again,
        asked_at=look_up.asked_at,
        next_at=now + ladder[look_up.attempts],
        attempts=look_up.attempts + 1,
    )


def _free_at(quota: Quota, limit: Limit, priority: Priority, now: datetime) -> datetime:
    window = timedelta(seconds=limit.window_seconds)
    most = _most(quota, limit, priority)
    if used(quota, limit, now) < most:
        return now
    begin = bisect_right(quota.calls, now - window)
    inside = quota.calls[begin:]
    foreign = _foreign(quota, limit, now)
    # So many of our calls must grow old before one more fits.
    leaving = len(inside) + foreign - most + 1
    if leaving <= len(inside):
        return inside[leaving - 1] + window
    return (limit.as_of or now) + window


def _most(quota: Quota, limit: Limit, priority: Priority) -> int:
    most = usable(limit, priority)
    promised = limit.limit * GUARANTEED.get(priority, 0.0)
    is_day = limit.window_seconds >= 86_400
    if is_day and quota.by_priority.get(priority, 0) < promised:
        return max(most, limit.limit - math.ceil(limit.limit * _KEPT_FROM_GUARANTEED))
    return most


def _foreign(quota: Quota, limit: Limit, now: datetime) -> int:
    """Calls that the server counts and that are not ours: another program uses the account."""
    window = timedelta(seconds=limit.window_seconds)
    if limit.as_of is None or now >= limit.as_of + window:
        return 0
    until = bisect_right(quota.calls, limit.as_of)
    since = bisect_right(quota.calls, limit.as_of - window)
    return max(0, limit.used - (until - since))
