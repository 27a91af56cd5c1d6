"""When may CourtListener be asked? Its quota is spent like money: the urgent may spend all of it.

Limits are counted over sliding windows, as the server counts them. Every priority leaves a share
of each limit to those above it, so that a day full of slow comparisons never delays the text of a
fresh order. Pure: the clock and the calls are parameters.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from datetime import datetime, timedelta

from monitor.model.quota import Allowance, Priority, Spending, Want

#: A free account's limits (source: CourtListener's settings, August 2026), until the server says.
FREE_ACCOUNT = (
    Allowance("5/min", 5, 60),
    Allowance("50/hour", 50, 3_600),
    Allowance("125/day", 125, 86_400),
)
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
#: CourtListener itself may lag: what a gap hid is looked for twice.
GAP_LADDER = (timedelta(hours=1),)
#: Servers measure their windows by their own clock.
AFTER_BLOCK = timedelta(seconds=5)


def may_ask_at(spending: Spending, priority: Priority, now: datetime) -> datetime:
    """The earliest moment at which a call of this priority fits all limits; `now` if it does."""
    moments = [now]
    if spending.blocked_until is not None:
        moments.append(spending.blocked_until)
    moments += [_free_at(spending, limit, priority, now) for limit in spending.allowances]
    return max(moments)


def usable(allowance: Allowance, priority: Priority) -> int:
    """How many calls of a window this priority may bring the count up to; at least one.

    >>> [usable(FREE_ACCOUNT[0], p) for p in (Priority.TEXT, Priority.GAP, Priority.REST)]
    [5, 3, 2]
    """
    return max(1, allowance.limit - math.ceil(allowance.limit * KEPT_FREE[priority]))


def used(spending: Spending, allowance: Allowance, now: datetime) -> int:
    """How many calls count against a limit now, those of other programs of the account included."""
    window = timedelta(seconds=allowance.window_seconds)
    ours = len(spending.calls) - bisect_right(spending.calls, now - window)
    return ours + _foreign(spending, allowance, now)


def next_try(want: Want, now: datetime) -> Want | None:
    """The want after a reading that did not bring what it asks for; None where it is given up."""
    ladder = TEXT_LADDER if want.purpose == "text" else GAP_LADDER
    if want.attempts >= len(ladder):
        return None
    again = Priority.TEXT_AGAIN if want.purpose == "text" else want.priority
    return Want(
        purpose=want.purpose,
        source_id=want.source_id,
        subject=want.subject,
        priority=again,
        asked_at=want.asked_at,
        next_at=now + ladder[want.attempts],
        attempts=want.attempts + 1,
    )


def _free_at(
    spending: Spending, allowance: Allowance, priority: Priority, now: datetime
) -> datetime:
    window = timedelta(seconds=allowance.window_seconds)
    most = _most(spending, allowance, priority)
    if used(spending, allowance, now) < most:
        return now
    begin = bisect_right(spending.calls, now - window)
    inside = spending.calls[begin:]
    foreign = _foreign(spending, allowance, now)
    # So many of our calls must grow old before one more fits.
    leaving = len(inside) + foreign - most + 1
    if leaving <= len(inside):
        return inside[leaving - 1] + window
    return (allowance.as_of or now) + window


def _most(spending: Spending, allowance: Allowance, priority: Priority) -> int:
    most = usable(allowance, priority)
    promised = allowance.limit * GUARANTEED.get(priority, 0.0)
    is_day = allowance.window_seconds >= 86_400
    if is_day and spending.by_priority.get(priority, 0) < promised:
        return max(most, allowance.limit - math.ceil(allowance.limit * _KEPT_FROM_GUARANTEED))
    return most


def _foreign(spending: Spending, allowance: Allowance, now: datetime) -> int:
    """Calls that the server counts and that are not ours: another program uses the account."""
    window = timedelta(seconds=allowance.window_seconds)
    if allowance.as_of is None or now >= allowance.as_of + window:
        return 0
    until = bisect_right(spending.calls, allowance.as_of)
    since = bisect_right(spending.calls, allowance.as_of - window)
    return max(0, allowance.used - (until - since))
