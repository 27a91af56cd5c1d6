"""Which sightings are of one entry? Decided over all of a docket at once, never on a guess.

The answer is a function of the *set* of sightings: whoever was read first makes no difference, and
one that proves an earlier answer wrong takes it back. In this order:

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

import itertools
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.diff.groups import Group
from monitor.diff.likeness import are_apart, is_forbidden, keys_differ, words_fit
from monitor.model.docket import Sighting
from monitor.normalize.entry_keys import sequence_of


@dataclass(frozen=True, slots=True)
class Joined:
    """The groups as places in the list of sightings, and which may be another one's double."""

    groups: tuple[tuple[int, ...], ...]
    rivals: dict[int, int]


def join(sightings: Sequence[Sighting]) -> Joined:
    """Group sightings by the entry they are of. The order of the sightings does not matter."""
    groups = []
    for place, seen in enumerate(sightings):
        groups.append(Group())
        groups[-1].add(place, seen)
    for tokens in (_key_tokens, _number_tokens, _document_tokens):
        groups = _united(groups, tokens)
    rivals: dict[int, Group] = {}
    for some in _by_docket(groups):
        rivals |= _join_by_words(some)
    groups = [group for group in groups if group.sightings]
    place_of = {id(group): place for place, group in enumerate(groups)}
    return Joined(
        tuple(tuple(sorted(group.sightings)) for group in groups),
        {place_of[name]: place_of[id(rival)] for name, rival in rivals.items()},
    )


# --- what proves that two sightings are of one entry ---


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
        keys_differ(one, other) or are_apart(one.numbers, other.numbers)
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
        live = [group for group in groups if group.sightings]
        best = _best_matches(live)
        pairs = [
            (one, rivals[0])
            for one in live
            if len(rivals := best.get(id(one), [])) == 1
            and best[id(rivals[0])] == [one]
            and min(one.sightings) < min(rivals[0].sightings)
        ]
        if not pairs:
            return {name: rivals[0] for name, rivals in best.items()}
        for one, other in pairs:
            one.absorb(other)
            other.sightings.clear()


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
        if not is_forbidden(one, other, order) and (score := words_fit(one, other)):
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
