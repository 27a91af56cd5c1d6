"""A docket sheet in pages, of which a new entry changes the last one only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import escape

from monitor.history.published import PublishedEntry

#: A page of a docket sheet ends at so many rows, or so many bytes of what a court wrote.
_ROWS, _BYTES = 30, 20_000
#: With fewer rows than these the newest page shows those of the page before, too.
_FEWEST = 10
#: As much of a text as a row shows.
_TRUNCATED = 280


@dataclass(frozen=True, slots=True)
class Sheets:
    """A docket sheet in pages, the oldest entries first: `closed` ones only ever change inside."""

    closed: tuple[tuple[PublishedEntry, ...], ...]
    #: What the page of the case itself shows.
    newest: tuple[PublishedEntry, ...]
    #: The first page that holds what the case's own does not.
    older: int


def sheets_of(entries: Sequence[PublishedEntry]) -> Sheets:
    """In pages that begin with the oldest, so that a new entry changes no page but the last."""
    *closed, rest = list(_portions(entries)) or [()]
    if len(rest) < _FEWEST and closed:
        return Sheets(tuple(closed), (*closed[-1], *rest), len(closed) - 1)
    return Sheets(tuple(closed), rest, len(closed))


def _portions(entries: Sequence[PublishedEntry]) -> Iterator[tuple[PublishedEntry, ...]]:
    some: list[PublishedEntry] = []
    size = 0
    for entry in entries:
        weight = len(escape(entry.headline)) + len(escape(entry.text[:_TRUNCATED]))
        if some and (len(some) == _ROWS or size + weight > _BYTES):
            yield tuple(some)
            some, size = [], 0
        some.append(entry)
        size += weight
    if some:
        yield tuple(some)
