"""Which views are of one entry? Decided over all views of a docket at once, never on a guess.

The answer is a function of the *set* of views: whoever was read first makes no difference, and a
view that proves an earlier answer wrong takes it back. In this order:

1. a key of the court that names one entry (case id and sequence number, part id, CourtListener's
   row); then the same printed number, then the same main document, unless the court's own keys or
   numbers forbid it;
2. for what is left, words: the same text, the same event, or a stub and the text that it
   abbreviates, within a day. Two groups are joined only if each is the other's one best match;
   where two fit as well, both stay, and are named as possible duplicates.

What forbids a join by words: other keys of the same scheme, other numbers, other documents, one
source that shows both, and the order of the docket sheet (sequence and entry numbers both rise).
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from monitor.model.docket import Document, Sighting

#: Words that say nothing about which filing it is.
_THIN = frozenset(
    ["a", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to", "with", "re", "as", "at"]
)
_WORD = re.compile(r"[a-z0-9]+")
#: Docket sheets append when a text was entered; other listings do not.
_STAMP = re.compile(r"[(\[]entered:[^)\]]*[)\]]", re.IGNORECASE)
_SAME_TEXT, _SAME_EVENT, _TOLD_BY = 100.0, 50.0, 10.0


@dataclass(slots=True, eq=False)
class Group:
    """Views that are of one entry, and what they say together."""

    views: list[int] = field(default_factory=list)
    docket_ids: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    source_ids: set[str] = field(default_factory=set)
    #: A court's own feed shows it, with or without a link to a document.
    feed_views: set[bool] = field(default_factory=set)

    def add(self, place: int, seen: Sighting) -> None:
        mains = main_documents(seen.documents)
        self.views.append(place)
        self.docket_ids.add(seen.docket_id)
        self.keys.update(seen.entry_keys)
        self.numbers.update(() if seen.entry_number is None else (seen.entry_number,))
        self.documents |= mains
        self.days.update(() if seen.date_filed is None else (seen.date_filed,))
        self.events.update((seen.event_name,) if seen.event_name else ())
        self.texts.update((seen.text,) if seen.text else ())
        self.source_ids.add(seen.source_id)
        if seen.event_name and not seen.text and sequence_of(seen.entry_keys) is not None:
            self.feed_views.add(bool(seen.documents))

    def absorb(self, other: Group) -> None:
        self.views += other.views
        for name in _SETS:
            getattr(self, name).update(getattr(other, name))


_SETS = (
    "docket_ids", "keys", "numbers", "documents", "days", "events", "texts", "source_ids",
    "feed_views",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Joined:
    """The groups as places in the list of views, and which group may be another one's double."""

    groups: tuple[tuple[int, ...], ...]
    rivals: dict[int, int]


def join(views: Sequence[Sighting]) -> Joined:
    """Group views by the entry they are of. The order of the views does not matter."""
    groups = []
    for place, seen in enumerate(views):
        groups.append(Group())
        groups[-1].add(place, seen)
    for tokens in (_key_tokens, _number_tokens, _document_tokens):
        groups = _united(groups, tokens)
    rivals: dict[int, Group] = {}
    for some in _by_docket(groups):
        rivals |= _join_by_words(some)
    groups = [group for group in groups if group.views]
    place_of = {id(group): place for place, group in enumerate(groups)}
    return Joined(
        tuple(tuple(sorted(group.views)) for group in groups),
        {place_of[name]: place_of[id(rival)] for name, rival in rivals.items()},
    )


def main_documents(documents: Iterable[Document]) -> set[str]:
    """PACER's ids of main documents; ids of CourtListener's files say nothing of the entry."""
    return {
        d.document_id for d in documents if not d.attachment_number and d.document_id.isdecimal()
    }


def sequence_of(keys: Iterable[str]) -> int | None:
    """The court's own running number of an entry, where a key holds it."""
    for key in keys:
        _, scheme, *rest = key.split(":")
        if scheme in {"seq", "part"} and rest and rest[-1].isdecimal():
            return int(rest[-1])
    return None


# --- what proves that two views are of one entry ---


def _key_tokens(group: Group) -> Iterable[Hashable]:
    return group.keys


def _number_tokens(group: Group) -> Iterable[Hashable]:
    return itertools.product(group.docket_ids, group.numbers)


def _document_tokens(group: Group) -> Iterable[Hashable]:
    return itertools.product(group.docket_ids, group.documents)


def _united(groups: list[Group], tokens: Callable[[Group], Iterable[Hashable]]) -> list[Group]:
    """Groups that share a token are one, unless something says for certain that they are not."""
    sharing: dict[Hashable, list[Group]] = {}
    for group in groups:
        for token in tokens(group):
            sharing.setdefault(token, []).append(group)
    became: dict[int, Group] = {}
    is_certain = tokens is _key_tokens
    for some in sharing.values():
        live = list({id(g): g for g in (_root(became, group) for group in some)}.values())
        if len(live) > 1 and (is_certain or not _any_conflict(live)):
            for other in live[1:]:
                live[0].absorb(other)
                became[id(other)] = live[0]
    return [group for group in groups if id(group) not in became]


def _root(became: dict[int, Group], group: Group) -> Group:
    while id(group) in became:
        group = became[id(group)]
    return group


def _any_conflict(groups: Sequence[Group]) -> bool:
    return any(
        _keys_differ(one, other) or _both_and_apart(one.numbers, other.numbers)
        for one, other in itertools.combinations(groups, 2)
    )


# --- what makes it likely enough ---


def _by_docket(groups: Iterable[Group]) -> Iterator[list[Group]]:
    """The groups of each docket that more than one source shows, or that one shows in words."""
    found: dict[str, list[Group]] = {}
    for group in groups:
        for docket_id in group.docket_ids:
            found.setdefault(docket_id, []).append(group)
    for docket_id in sorted(found):
        some = found[docket_id]
        source_ids = {source_id for group in some for source_id in group.source_ids}
        if len(some) > 1 and (len(source_ids) > 1 or any(group.texts for group in some)):
            yield some


def _join_by_words(groups: list[Group]) -> dict[int, Group]:
    """Join, best match first, until no two are each other's only best; return what is undecided."""
    while True:
        live = [group for group in groups if group.views]
        best = _best_matches(live)
        pairs = [
            (one, rivals[0])
            for one in live
            if len(rivals := best.get(id(one), [])) == 1
            and best[id(rivals[0])] == [one]
            and min(one.views) < min(rivals[0].views)
        ]
        if not pairs:
            return {name: rivals[0] for name, rivals in best.items()}
        for one, other in pairs:
            one.absorb(other)
            other.views.clear()


def _best_matches(groups: Sequence[Group]) -> dict[int, list[Group]]:
    """For each group those that fit it best: one where the answer is clear."""
    order = sorted(
        (sequence, number)
        for group in groups
        if (sequence := sequence_of(sorted(group.keys))) is not None
        for number in group.numbers
    )
    fits: dict[int, list[tuple[float, Group]]] = {}
    for one, other in _near(groups):
        if not _is_forbidden(one, other, order) and (score := _words_fit(one, other)):
            fits.setdefault(id(one), []).append((score, other))
            fits.setdefault(id(other), []).append((score, one))
    best = {name: max(score for score, _ in some) for name, some in fits.items()}
    return {name: [g for score, g in some if score == best[name]] for name, some in fits.items()}


def _near(groups: Sequence[Group]) -> Iterator[tuple[Group, Group]]:
    """Pairs of groups that stand within a day of each other."""
    dated = sorted((g for g in groups if g.days), key=lambda g: min(g.days))
    for place, one in enumerate(dated):
        latest = max(one.days)
        for other in itertools.islice(dated, place + 1, None):
            if (min(other.days) - latest).days > 1:
                break
            yield one, other


def _is_forbidden(one: Group, other: Group, order: Sequence[tuple[int, int]]) -> bool:
    return (
        _keys_differ(one, other)
        or _both_and_apart(one.numbers, other.numbers)
        or _both_and_apart(one.documents, other.documents)
        or _misses_the_link(one, other)
        or _misses_the_link(other, one)
        or (_same_source(one, other) and not _is_repeated(one, other))
        or _out_of_order(one, other, order)
        or _out_of_order(other, one, order)
    )


def _keys_differ(one: Group, other: Group) -> bool:
    """Both carry a key of the same scheme, and they differ: the court says that they are two."""
    ours, theirs = _by_scheme(one.keys), _by_scheme(other.keys)
    return any(ours[scheme].isdisjoint(theirs[scheme]) for scheme in ours.keys() & theirs.keys())


def _by_scheme(keys: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key in keys:
        court, scheme, *_ = key.split(":", 2)
        if scheme in {"seq", "part", "case", "entry"}:
            found.setdefault(f"{court}:{scheme}", set()).add(key)
    return found


def _both_and_apart(ours: set[int] | set[str], theirs: set[int] | set[str]) -> bool:
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def _misses_the_link(feed: Group, other: Group) -> bool:
    """A court's feed links what has a document; without a link it is of something else."""
    return feed.feed_views == {False} and bool(other.documents) and not feed.documents


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


def _words_fit(one: Group, other: Group) -> float:
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
