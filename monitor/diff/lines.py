"""Two readings of one list whose lines bear no ids: which line is which?

A line's day, words and links may all be corrected, lines come in between and go, and the whole
list may be turned round. So no line is known by what it says, but by what it says *and* between
which lines it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise

from rapidfuzz import fuzz

#: So much of two texts must agree, in percent: of one day, of one day where both have links and
#: share none, of two days, and where one line alone stands between the same two as before.
_SAME_DAY, _OTHER_LINKS, _OTHER_DAY, _ALONE = 70.0, 85.0, 85.0, 40.0
#: Lines that stand farther apart than this in one gap are not compared: it costs the square.
_REACH = 50
#: In longer lists a corrected line is a new one: to find its place costs the square, too. The
#: longest docket of the Supreme Court has some hundred lines.
_MOST_LINES = 3_000


@dataclass(frozen=True, slots=True)
class Line:
    """What one line of the list says."""

    day: date | None
    text: str
    links: frozenset[str] = frozenset()


def align(before: Sequence[Line], after: Sequence[Line]) -> dict[int, int]:
    """Place of a line in `after` -> its place in `before`. What is left out is new, or gone."""
    found: dict[int, int] = {}
    _pair_equal(before, after, found, lambda line: (line.text, line.day, line.links))
    _pair_linked(before, after, found)
    _pair_equal(before, after, found, lambda line: (line.text, line.day))
    if max(len(before), len(after)) > _MOST_LINES:
        return found
    for olds, news in _gaps(len(before), len(after), found):
        found |= _pair_alike(before, after, olds, news)
    return found


def _pair_equal(
    before: Sequence[Line],
    after: Sequence[Line],
    found: dict[int, int],
    said: Callable[[Line], Hashable],
) -> None:
    """Lines that say the same; of several equal ones, the first is the first."""
    taken = set(found.values())
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for old in range(len(before) - 1, -1, -1):
        if old not in taken:
            waiting[said(before[old])].append(old)
    for new, line in enumerate(after):
        if new not in found and waiting.get(said(line)):
            found[new] = waiting[said(line)].pop()


def _pair_linked(before: Sequence[Line], after: Sequence[Line], found: dict[int, int]) -> None:
    """Lines with one document, where no other line on either side has it."""
    taken = set(found.values())
    olds = _sole_owners(before, [old for old in range(len(before)) if old not in taken])
    news = _sole_owners(after, [new for new in range(len(after)) if new not in found])
    for link in sorted(olds.keys() & news.keys()):
        if news[link] not in found and olds[link] not in taken:
            found[news[link]] = olds[link]
            taken.add(olds[link])


def _sole_owners(lines: Sequence[Line], places: Iterable[int]) -> Mapping[str, int]:
    owners: dict[str, list[int]] = defaultdict(list)
    for place in places:
        for link in lines[place].links:
            owners[link].append(place)
    return {link: some[0] for link, some in owners.items() if len(some) == 1}


def _gaps(
    olds: int, news: int, found: Mapping[int, int]
) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """What stands unpaired between the same two lines, before and after."""
    order = list(range(news))
    if _is_turned_round([found[new] for new in order if new in found]):
        order.reverse()
    new_of = {old: new for new, old in found.items()}
    names = [new_of.get(old, -1 - old) for old in range(olds)]
    matcher = SequenceMatcher(None, names, [n if n in found else -1 - olds - n for n in order])
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "replace":
            yield (
                [old for old in range(i, j) if old not in new_of],
                [order[place] for place in range(k, m) if order[place] not in found],
            )


def _is_turned_round(places: Sequence[int]) -> bool:
    return sum(1 if one < other else -1 for one, other in pairwise(places)) < 0


def _pair_alike(
    before: Sequence[Line], after: Sequence[Line], olds: Sequence[int], news: Sequence[int]
) -> dict[int, int]:
    """Lines that were corrected, the most alike first."""
    is_alone = len(olds) == len(news) == 1
    scores = [
        (-score, abs(i - j), old, new)
        for i, old in enumerate(olds)
        for j, new in enumerate(news[max(0, i - _REACH) : i + _REACH], max(0, i - _REACH))
        if (score := _likeness(before[old], after[new], is_alone=is_alone))
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, old, new in sorted(scores):
        if new not in pairs and old not in taken:
            pairs[new] = old
            taken.add(old)
    return pairs


def _likeness(old: Line, new: Line, *, is_alone: bool) -> float:
    """How much speaks for a correction; 0 where it is another line."""
    score: float = fuzz.ratio(old.text, new.text)
    has_other_links = bool(old.links and new.links) and old.links.isdisjoint(new.links)
    if old.day != new.day:
        # The same words of another day under another document are another filing.
        return score if score >= _OTHER_DAY and not has_other_links else 0.0
    least = _OTHER_LINKS if has_other_links else _ALONE if is_alone else _SAME_DAY
    return score + 1 if score >= least else 0.0
