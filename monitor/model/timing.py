"""When somebody is told: at once, or with a digest; and the hours in which nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import IntEnum

#: The days of a week, as they are written; Monday is the first.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Every(IntEnum):
    """How often notifications are sent, the soonest first."""

    NOW = 0
    #: So long after the first that waits.
    WINDOW = 1
    HOUR = 2
    DAY = 3
    WEEK = 4
    #: When a silence ends, whatever is sent before.
    SILENCE = 5


@dataclass(frozen=True, slots=True, order=True)
class Pace:
    """When a rule's alerts are sent. Times are those of the recipient's own clock."""

    every: Every = Every.NOW
    #: For `WINDOW`: how long the first one waits for others; for `SILENCE`: until it ends.
    window: timedelta = timedelta()
    #: For `WEEK`: 0 is Monday.
    weekday: int = 0
    at: time = time(8)


#: What is not said otherwise is sent at once.
AT_ONCE = Pace()


@dataclass(frozen=True, slots=True)
class Hours:
    """The recipient's clock, and when nothing is sent to him but what is urgent.

    Nothing is dropped in quiet hours: it is sent together when they end.
    """

    zone: str = "America/New_York"
    #: From and to may lie on either side of midnight; equal: no quiet hours.
    begins: time = time()
    ends: time = time()
    #: Days on which it is quiet from midnight to midnight; 0 is Monday.
    weekdays: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()
