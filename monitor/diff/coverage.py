"""Does this window join the last one, or is there a hole between them?

A court's feed shows the last 24 hours and forgets. Two readings vouch for the time between
them only if their windows touch; a shared item proves it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model.change import GapOpened
from monitor.model.source import SourceState

#: Every feed of 187 courts showed at most this much (December 2022).
LOOK_BACK = timedelta(hours=24)
#: The feed is built from the court's clock; ours may differ by as much.
_SLACK = timedelta(minutes=1)


def find_gap(
    source_id: str,
    state: SourceState,
    built_at: datetime,
    *,
    total: int,
    shared: int,
    oldest_at: datetime | None,
) -> GapOpened | None:
    """The hole between the last window and this one, or None where they join.

    `shared` counts the items that both windows hold; `oldest_at` is the time of the oldest item
    of this window.
    """
    before = state.built_at or state.last_good_at
    if before is None or shared or built_at <= before:
        return None
    begins = built_at - LOOK_BACK
    if begins > before + _SLACK:
        return GapOpened(source_id, before, begins, "longer than the 24 hours that the feed shows")
    newest = state.window.newest_at
    # Items that the last window showed and that are not yet a day old must still be there. If
    # this window begins after them, it is shorter than a day, and may have dropped others too.
    if newest and total and oldest_at and newest > begins + _SLACK and oldest_at > before:
        return GapOpened(
            source_id, before, oldest_at, "the feed shows less than a day, and no item seen before"
        )
    return None


def find_list_gap(
    source_id: str, state: SourceState, now: datetime, *, total: int, shared: int, length: int
) -> GapOpened | None:
    """A feed of the newest `length` entries, none of them seen before: others may have gone by."""
    before = state.last_good_at
    if before is None or shared or total < length or not state.window.fingerprints:
        return None
    return GapOpened(source_id, before, now, f"{total} entries, and none of them seen before")


def stands_still(built_at: datetime | None, now: datetime, *, is_weekend: bool) -> bool:
    """Whether a feed that answers has not been rebuilt for too long.

    Courts rebuild hourly; maintenance falls on weekends.
    """
    if built_at is None:
        return False
    return now - built_at > (timedelta(hours=36) if is_weekend else timedelta(hours=6))


def missing_numbers(seen: Iterable[int]) -> list[tuple[int, int]]:
    """The numbers between the lowest and the highest that nobody showed, as ranges.

    >>> missing_numbers([50, 53, 54, 57])
    [(51, 52), (55, 56)]
    """
    ordered = sorted(set(seen))
    return [(low + 1, high - 1) for low, high in itertools.pairwise(ordered) if high - low > 1]


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when; both aware."""

    since: datetime
    until: datetime


def vouched(span: Span, holes: Iterable[Span]) -> list[Span]:
    """What is left of a span of coverage without its holes, in order."""
    left = [span]
    for hole in holes:
        left = [piece for one in left for piece in _without(one, hole)]
    return left


def unseen(asked: Span, covered: Sequence[Span]) -> list[Span]:
    """The parts of the time asked about for which no source vouches, in order."""
    return vouched(asked, covered)


def _without(span: Span, hole: Span) -> list[Span]:
    if hole.until <= span.since or hole.since >= span.until:
        return [span]
    pieces = [Span(span.since, hole.since), Span(hole.until, span.until)]
    return [piece for piece in pieces if piece.since < piece.until]
