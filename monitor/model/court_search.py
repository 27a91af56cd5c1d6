"""Which courts a person means: by id, name, citation, state or circuit, from the one table."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from monitor.model.court import Court, CourtKind, court, courts, find_court

#: Said of every court, or of none.
_EMPTY = frozenset(["the", "of", "for", "court", "courts", "us"])
#: Citations say "2d" where people say "2nd" or "2".
_ORDINALS = {"1": "1st", "2": "2d", "2nd": "2d", "3": "3d", "3rd": "3d"} | {
    str(n): f"{n}th" for n in range(4, 12)
}
_ORDER = (
    CourtKind.SUPREME,
    CourtKind.APPELLATE,
    CourtKind.DISTRICT,
    CourtKind.BANKRUPTCY,
    CourtKind.SPECIAL,
)
_SIGN = re.compile(r"[^\w\s]|_")


def search_courts(said: str) -> tuple[Court, ...]:
    """The courts that hold all of these words; the one of this id or citation first, else by kind.

    A court's circuit is among its words. Nothing said is every court.

    >>> [one.court_id for one in search_courts("D. Md.")]
    ['mdd', 'mdb']
    >>> [one.court_id for one in search_courts("2nd circuit vermont")]
    ['vtd', 'vtb']
    """
    exact, wanted = find_court(said), _words(said)
    found = {one for one in courts().values() if all(_holds(_all_words(one), w) for w in wanted)}
    if exact:
        found.add(court(exact))
    if not wanted and said.strip() and not exact:
        return ()

    def order(one: Court) -> tuple[bool, bool, int, str]:
        is_own = all(_holds(_own_words(one), word) for word in wanted)
        return one.court_id != exact, not is_own, _ORDER.index(one.kind), one.court_id

    return tuple(sorted(found, key=order))


def circuit_of(one: Court) -> Court | None:
    """The circuit in which appeals of this court are heard; itself where it is one."""
    while one.kind is not CourtKind.APPELLATE:
        if not one.appeals_go_to:
            return None
        one = court(one.appeals_go_to)
    return one


def court_words() -> frozenset[str]:
    """Every word by which some court is found, for whoever misspelt one."""
    return frozenset(word for one in courts().values() for word in _own_words(one))


def _holds(words: Iterable[str], wanted: str) -> bool:
    """Of a longer word its beginning is enough: "mass" for Massachusetts."""
    return any(w == wanted or (len(wanted) > 2 and w.startswith(wanted)) for w in words)


@functools.cache
def _own_words(one: Court) -> frozenset[str]:
    joined = _letters(one.citation)
    kind = one.kind.value
    return frozenset({one.court_id, joined, kind, *_words(one.citation), *_words(one.name)})


@functools.cache
def _all_words(one: Court) -> frozenset[str]:
    circuit = circuit_of(one)
    return _own_words(one) | (_own_words(circuit) if circuit else frozenset())


def _words(said: str) -> list[str]:
    """Words without their dots: "D.C. Cir." is "dc" and "cir"."""
    words = _SIGN.sub("", said.lower()).split()
    return [_ORDINALS.get(word, word) for word in words if word not in _EMPTY]


def _letters(said: str) -> str:
    return "".join(filter(str.isalnum, said.lower()))
