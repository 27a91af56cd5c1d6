"""What one reading of a Supreme Court docket tells the next: its lines, and how each is called.

The page gives its lines neither numbers nor ids. A line is named when it is first seen; after
that it keeps its name, whatever of it is corrected, because the lists are aligned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.diff.lines import Line, align
from monitor.normalize.text import digest

#: Of a long text so much is kept, and the digest of all.
_LONGEST = 400
#: It is missed at one reading, and gone at the next.
MISSED, GONE = 1, 2


@dataclass(frozen=True, slots=True)
class Named:
    """A line, the key under which it is known, and at how many readings it was not there."""

    key: str
    line: Line
    misses: int = 0


def line_of(day: date | None, text: str, links: Sequence[str]) -> Line:
    """What is remembered of a line."""
    words = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} {digest(text)}"
    return Line(day, words, frozenset(links))


def name_lines(
    before: Sequence[Named], lines: Sequence[Line], names: Sequence[str]
) -> tuple[list[str], tuple[Named, ...]]:
    """The key of each line, and what is to be remembered.

    `names` are the keys that the lines would have, were they seen for the first time.
    """
    places = align([one.line for one in before], lines)
    stand = {place for place in places.values() if before[place].misses < GONE}
    # What is gone comes back in its own words, and is not taken for what is like it.
    places = {
        new: old
        for new, old in places.items()
        if old in stand or _is_same(before[old].line, lines[new])
    }
    # Of a line that an older version saw, nothing but its name is known.
    unread = {one.key: place for place, one in enumerate(before) if not one.line.text}
    places |= {new: unread.pop(name) for new, name in enumerate(names) if name in unread}
    used = {one.key: 1 for one in before}
    keys = []
    for new, name in enumerate(names):
        key = before[places[new]].key if new in places else _unused(name, used)
        used.setdefault(key, 1)
        keys.append(key)
    shown = [Named(key, line) for key, line in zip(keys, lines, strict=True)]
    return keys, _with_missing(before, set(places.values()), shown)


def _is_same(old: Line, new: Line) -> bool:
    return (old.day, old.text) == (new.day, new.text) or bool(old.links & new.links)


def _unused(name: str, used: dict[str, int]) -> str:
    """Two lines may say the same on one day: the second is the second.

    `used` holds for each name how many lines have borne it: a thousand equal lines are not counted
    through a thousand times.
    """
    key, count = name, used.get(name, 1)
    while key in used:
        count += 1
        key = f"{name}-{count}"
    if name in used:
        used[name] = count
    return key


def _with_missing(
    before: Sequence[Named], there: set[int], shown: Sequence[Named]
) -> tuple[Named, ...]:
    """What is not shown stays where it stood: between the same lines it may come back."""
    behind: dict[str, list[Named]] = {}
    last = ""
    for place, one in enumerate(before):
        if place in there:
            last = one.key
        elif one.line.text:  # of what an older version saw only the name is known
            behind.setdefault(last, []).append(replace(one, misses=min(one.misses + 1, GONE)))
    whole = list(behind.get("", ()))
    for one in shown:
        whole += [one, *behind.get(one.key, ())]
    return tuple(whole)


def dump(memory: Sequence[Named]) -> str:
    """The memory as a cursor."""
    rows = [
        (one.key, str(one.line.day or ""), one.line.text, sorted(one.line.links), one.misses)
        for one in memory
    ]
    return json.dumps({"lines": rows}, ensure_ascii=False)


def load(cursor: str, shown: Mapping[str, bool]) -> tuple[Named, ...]:
    """The memory in a cursor. `shown` is what older versions kept: keys, and which were missed."""
    if not cursor:
        return tuple(Named(key, Line(None, ""), int(missed)) for key, missed in shown.items())
    return tuple(
        Named(key, Line(date.fromisoformat(day) if day else None, text, frozenset(links)), misses)
        for key, day, text, links, misses in json.loads(cursor)["lines"]
    )
