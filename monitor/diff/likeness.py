"""What speaks for two groups of sightings being of one entry, and what forbids it."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from monitor.diff.groups import Group
from monitor.normalize.entry_keys import by_numbering, sequence_of

#: Words that say nothing about which filing it is.
_THIN = frozenset(
    ["a", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to", "with", "re", "as", "at"]
)
_WORD = re.compile(r"[a-z0-9]+")
#: Docket sheets append when a text was entered; other listings do not.
_STAMP = re.compile(r"[(\[]entered:[^)\]]{0,200}[)\]]", re.IGNORECASE)
_SAME_TEXT, _SAME_EVENT, _TOLD_BY = 100.0, 50.0, 10.0


def is_forbidden(one: Group, other: Group, order: Sequence[tuple[int, int]]) -> bool:
    return (
        keys_differ(one, other)
        or are_apart(one.numbers, other.numbers)
        or are_apart(one.documents, other.documents)
        or _misses_the_link(one, other)
        or _misses_the_link(other, one)
        or (_same_source(one, other) and not _is_repeated(one, other))
        or _out_of_order(one, other, order)
        or _out_of_order(other, one, order)
    )


def keys_differ(one: Group, other: Group) -> bool:
    """Both carry a key of the same scheme, and they differ: the court says that they are two."""
    ours, theirs = by_numbering(one.keys), by_numbering(other.keys)
    return any(ours[scheme].isdisjoint(theirs[scheme]) for scheme in ours.keys() & theirs.keys())


def are_apart(ours: set[int] | set[str], theirs: set[int] | set[str]) -> bool:
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def _misses_the_link(feed: Group, other: Group) -> bool:
    """A court's feed links what has a document; without a link it is of something else."""
    return feed.feed_links == {False} and bool(other.documents) and not feed.documents


def _same_source(one: Group, other: Group) -> bool:
    return not one.source_ids.isdisjoint(other.source_ids)


def _is_repeated(one: Group, other: Group) -> bool:
    """CourtListener's second row of a minute entry: the same words of the same day."""
    return _same_text(one, other) and _days_apart(one, other) == 0


def _same_text(one: Group, other: Group) -> bool:
    return not {_bare(t) for t in one.texts}.isdisjoint(_bare(t) for t in other.texts)


def _out_of_order(one: Group, other: Group, order: Sequence[tuple[int, int]]) -> bool:
    """The sequence of one and the number of the other do not rise together with the known ones."""
    sequence = sequence_of(sorted(one.keys))
    if sequence is None or one.numbers or not other.numbers:
        return False
    number = min(other.numbers)
    return any((sequence < s) != (number < n) for s, n in order if n != number)


def words_fit(one: Group, other: Group) -> float:
    """How well two groups fit that share no key, number or document; 0 where they do not."""
    if one.texts and other.texts:
        return _SAME_TEXT if _same_text(one, other) else 0.0
    days = _days_apart(one, other)
    if days > 1:
        return 0.0
    if not one.events.isdisjoint(other.events):
        return _SAME_EVENT - days
    stub, told = (one, other) if other.texts else (other, one)
    return max((_tells(t, e, days) for t in told.texts for e in stub.events), default=0.0)


def _days_apart(one: Group, other: Group) -> int:
    return min(abs((a - b).days) for a in one.days for b in other.days)


def _tells(text: str, event_name: str, days: int) -> float:
    """Whether a text may be what an event name abbreviates; more for more words that agree."""
    have, event = _words(text), _words(event_name)
    wanted = [word for word in event if word not in _THIN]
    is_head = have[: len(event)] == event
    # "MINUTE ORDER granting …" is told by ".Order"; a single word deeper in the text tells nothing.
    within = have if len(wanted) > 1 else have[:4]
    if not wanted or not set(wanted) <= set(within) or (days and not is_head):
        return 0.0
    return _TOLD_BY + len(wanted) + 0.5 * is_head - days


@functools.lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text[:400].lower()))


@functools.lru_cache(maxsize=4096)
def _bare(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_STAMP.sub("", text).lower()))
