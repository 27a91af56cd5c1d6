"""When to ask a source again, and when to try a delivery again. Pure: chance is a parameter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

#: No source rests longer than this after failures: a court's window is 24 hours.
LONGEST_REST = timedelta(hours=2)
#: A source that refuses us is asked rarely, but never given up.
REFUSED_REST = timedelta(hours=6)
LONGEST_WAIT = timedelta(hours=26)


def next_poll(now: datetime, every: timedelta, chance: float) -> datetime:
    """After a good poll: the interval, give or take a tenth, so that polls spread out.

    `chance` is a number from 0 to 1.
    """
    return now + every * (0.9 + 0.2 * chance)


def next_poll_after_failure(
    now: datetime,
    every: timedelta,
    failures: int,
    chance: float,
    *,
    retry_after: float | None = None,
    refused: bool = False,
) -> datetime:
    """After the `failures`-th failure in a row (from 1): back off, doubling, with jitter.

    Begins at a minute, because most failures pass at once; what the source asks for is obeyed.
    """
    rest = min(timedelta(minutes=2 ** min(failures - 1, 12)), LONGEST_REST)
    if refused and failures > 1:
        rest = REFUSED_REST
    rest = rest * (0.75 + 0.5 * chance)
    if retry_after is not None:
        # A few seconds more: servers measure their windows by their own clock.
        rest = max(rest, min(timedelta(seconds=retry_after + 5), LONGEST_WAIT))
    return now + rest


def next_attempt(
    now: datetime, attempts: int, chance: float, retry_after: float | None = None
) -> datetime:
    """When to try a delivery again after its `attempts`-th failed try (from 1).

    5 s, 10 s, 20 s … up to an hour, with jitter; a Retry-After is obeyed up to a day.
    """
    rest = min(timedelta(seconds=5 * 2 ** min(attempts - 1, 12)), timedelta(hours=1))
    rest = rest * (0.75 + 0.5 * chance)
    if retry_after is not None:
        rest = max(rest, min(timedelta(seconds=retry_after), timedelta(days=1)))
    return now + rest


def retry_after(raw: str, now: datetime) -> float | None:
    """Seconds to wait, from a number or a date; None where the header says nothing we know.

    >>> retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    """
    if raw.strip().isdecimal():
        return min(float(raw), 1e6)
    try:
        moment = parsedate_to_datetime(raw)
    except (ValueError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
