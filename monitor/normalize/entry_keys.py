"""What names one docket entry and no other: the keys under which sightings are joined.

A key is `court:scheme:part:…`. Two sightings with one key are of one entry; two with different
keys of one scheme, where a court numbers its entries by it, are of two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from monitor.normalize.text import short_name


class Scheme(StrEnum):
    """By what a court, or CourtListener, tells its entries apart."""

    #: PACER's case id and the running number of the entry in it.
    SEQUENCE = "seq"
    #: An appellate court's number of a part of a docket entry.
    PART = "part"
    #: PACER's case id and the printed number.
    CASE = "case"
    DOCUMENT = "doc"
    #: PACER's case id, the event and the time: two events of one second are one entry.
    MOMENT = "at"
    #: Nothing but the words and the time.
    ITEM = "item"
    #: The Supreme Court: the number of a filing's document, else day and words.
    ENTRY = "entry"


#: Schemes under which different keys say for certain that two entries are two.
_NUMBERING = frozenset({Scheme.SEQUENCE, Scheme.PART, Scheme.CASE, Scheme.ENTRY})
_RUNNING = frozenset({Scheme.SEQUENCE, Scheme.PART})
#: Of a part, in bytes.
_LONGEST = 800
_SCHEMES = {scheme.value: scheme for scheme in Scheme}


@dataclass(frozen=True, slots=True)
class EntryKey:
    """A key taken apart. `scheme` is None for keys of CourtListener's own rows."""

    court_id: str
    scheme: Scheme | None
    parts: tuple[str, ...]


def entry_key(court_id: str, scheme: Scheme, *parts: str | int) -> str:
    """A key of a court.

    >>> entry_key("dcd", Scheme.SEQUENCE, 270000, 187)
    'dcd:seq:270000:187'
    """
    return ":".join((court_id, scheme.value, *(short_name(str(one), _LONGEST) for one in parts)))


def court_listener_key(row_id: int | str) -> str:
    """The key of a row of CourtListener."""
    return short_name(f"cl:{row_id}", _LONGEST)


def court_listener_atom_key(docket: int, number: str) -> str:
    """The key of a numbered entry in the Atom feed of a docket, which names no row."""
    return f"cl:atom:{docket}:{short_name(number, _LONGEST)}"


def read_key(key: str) -> EntryKey:
    """Take a key apart.

    >>> read_key("cadc:part:26-5006:1234").scheme.name, read_key("cl:900").scheme
    ('PART', None)
    """
    court_id, _, rest = key.partition(":")
    name, *parts = rest.split(":")
    return EntryKey(court_id, _SCHEMES.get(name) if court_id != "cl" else None, tuple(parts))


def sequence_of(keys: Iterable[str]) -> int | None:
    """The court's own running number of an entry, where a key holds it."""
    for key in map(read_key, keys):
        last = key.parts[-1] if key.parts else ""
        # Python refuses to read thousands of digits.
        if key.scheme in _RUNNING and last.isdecimal() and len(last) <= 18:
            return int(last)
    return None


def part_of(keys: Iterable[str]) -> str:
    """The part under which an appellate court files one ruling on several dockets; else empty."""
    parts = (key.parts for key in map(read_key, keys) if key.scheme is Scheme.PART)
    return next((some[-1] for some in parts if some), "")


def by_numbering(keys: Iterable[str]) -> dict[tuple[str, Scheme], set[str]]:
    """The keys of each numbering: those that differ within one name different entries."""
    found: dict[tuple[str, Scheme], set[str]] = {}
    for key in keys:
        read = read_key(key)
        if read.scheme in _NUMBERING and read.scheme is not None:
            found.setdefault((read.court_id, read.scheme), set()).add(key)
    return found
