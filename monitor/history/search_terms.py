"""What can be asked of a search, as a tree of conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from monitor.model.docket import EntryKind, Ruling


class Trait(StrEnum):
    """What an entry can be, besides of a kind."""

    DISPOSITIVE = "dispositive"
    WITHDRAWN = "withdrawn"
    UNCERTAIN = "uncertain"


class Place(StrEnum):
    """Where something is looked for."""

    ENTRIES = "entries"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand side by side in this order; of the last one perhaps the beginning only."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Words of a docket's caption."""

    words: Words


@dataclass(frozen=True, slots=True)
class KindIs:
    """Of this kind, or what may be of it; where `is_sure`, what can be nothing else."""

    kind: EntryKind
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class RulingIs:
    """The court did so to something in the entry."""

    ruling: Ruling


@dataclass(frozen=True, slots=True)
class CourtIs:
    court_id: str


@dataclass(frozen=True, slots=True)
class OnDocket:
    """In our spelling; one without its office is that number with any office."""

    docket_number: str
    #: Whether a docket was asked for, and not words that may be the number of one.
    is_meant: bool = True


@dataclass(frozen=True, slots=True)
class OfCase:
    case_id: str


@dataclass(frozen=True, slots=True)
class NumberIs:
    entry_number: int


@dataclass(frozen=True, slots=True)
class FromSource:
    source_id: str


@dataclass(frozen=True, slots=True)
class Filed:
    """Both days belong to it; None for no bound."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """First seen on days of the court's, or since a moment."""

    since: date | datetime | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class IsA:
    trait: Trait


@dataclass(frozen=True, slots=True)
class In:
    place: Place


Term: TypeAlias = (
    Words
    | Party
    | KindIs
    | RulingIs
    | CourtIs
    | OnDocket
    | OfCase
    | NumberIs
    | FromSource
    | Filed
    | Seen
    | IsA
    | In
)


@dataclass(frozen=True, slots=True)
class Without:
    part: Condition


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Condition, ...]


Condition: TypeAlias = Term | Without | AnyOf | AllOf


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What somebody looks for: all of it must hold."""

    wanted: AllOf


def terms_of(condition: Condition) -> Iterator[Term]:
    """Every term, excluded ones too."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from terms_of(part)
    elif isinstance(condition, Without):
        yield from terms_of(condition.part)
    else:
        yield condition


def words_wanted(condition: Condition) -> Iterator[Words]:
    """The words that may stand in what is found: those of captions too, excluded ones not."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from words_wanted(part)
    elif isinstance(condition, Words | Party):
        yield condition if isinstance(condition, Words) else condition.words
