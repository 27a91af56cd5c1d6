"""A search as a route: what of it a route can ask, and what it cannot, by name.

Where the two differ, the route takes more, so that no order is missed; where it must take less,
that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import sqlalchemy as sa
from pydantic import ValidationError

from monitor.errors import UsageError
from monitor.history import conditions
from monitor.history.record import Record
from monitor.history.search_terms import (
    AllOf,
    AnyOf,
    Condition,
    CourtIs,
    Filed,
    FromSource,
    In,
    IsA,
    KindIs,
    OfCase,
    OnDocket,
    Party,
    Place,
    RulingIs,
    SearchQuery,
    Seen,
    Trait,
    Without,
    Words,
)
from monitor.history.search_written import written
from monitor.model.docket import EntryKind, Ruling
from monitor.route.rules import in_yaml
from monitor.settings.schema import NamedDocket, RouteConfig, WordsConfig
from monitor.store import schema


@dataclass(frozen=True, slots=True)
class RouteDraft:
    """A route for the configuration, and how it differs from the search."""

    route: RouteConfig
    yaml: str
    #: Parts of the search that the route does not ask: it takes more.
    wider: tuple[str, ...]
    #: What the search finds and the route would not take.
    narrower: tuple[str, ...]


def draft_route(
    record: Record, query: SearchQuery, name: str, to: Sequence[str], *, goes_on: bool
) -> RouteDraft:
    """The route that comes nearest to a search. Raises UsageError where none can stand for it.

    In a tree of routes it `goes_on`, so that it takes nothing from those behind it.
    """
    asked = _Asked(record)
    # Whether it is of news comes first, and what is left out of the rest last.
    for part in sorted(query.wanted.parts, key=_turn):
        asked.take(part)
    if not asked.keys and not asked.words:
        raise UsageError(
            f"no route can ask for {written(query.wanted)}: it would take everything. A route "
            "chooses by kind, ruling, court, docket, case, party, words, is: and in:news"
        )
    if asked.is_of_filings and not asked.is_of_news and _may_be_news(query.wanted):
        asked.narrower.append("news: the search finds it too; a route of news is in:news")
    keys = {"name": name, "to": tuple(to), **asked.keys}
    if asked.words:
        keys["words"] = WordsConfig(**asked.words)
    if goes_on:
        keys["continue"] = True
    try:
        route = RouteConfig.model_validate(keys)
    except ValidationError as exc:
        raise UsageError(f"{name!r} is no name of a route: {NAME}") from exc
    return RouteDraft(route, _yaml(route), tuple(asked.wider), tuple(asked.narrower))


def _turn(part: Condition) -> int:
    return 0 if isinstance(part, In) else 2 if isinstance(part, Without) else 1


NAME = "write small letters, digits and hyphens, as stays-of-appeals"
_LETTERS = (
    "a route looks for words in the text and the names of a filing, letter by letter; the search "
    "also in its caption, and without accents"
)
_JUDGED_ONCE = (
    "a filing on several dockets is judged once for a route, as its weightiest entry; the search "
    "judges each entry"
)
_LATER = "a docket of that number that is seen later is not taken"


_Value: TypeAlias = tuple[str, ...] | tuple[NamedDocket, ...] | bool | str | WordsConfig


@dataclass(slots=True)
class _Asked:
    """What a route would ask, gathered from a search part by part."""

    record: Record
    keys: dict[str, _Value] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    wider: list[str] = field(default_factory=list)
    narrower: list[str] = field(default_factory=list)

    @property
    def is_of_news(self) -> bool:
        return "topics" in self.keys

    @property
    def is_of_filings(self) -> bool:
        limits = {"kinds", "rulings", "dispositive", "certainty", "parties"}
        return bool(limits & self.keys.keys() or self.words)

    def take(self, part: Condition) -> None:
        if isinstance(part, Without):
            self._without(part)
        elif isinstance(part, AnyOf):
            self._any_of(part)
        else:
            self._any_of(AnyOf((part,)))

    def _any_of(self, said: AnyOf) -> None:
        """Several that stand for one another: a route lists them under one key."""
        parts = said.parts
        if any(isinstance(one, OnDocket) and not one.is_meant for one in parts):
            raise UsageError(
                f"{written(said)}: a number may be words or a docket; for a route write docket:…"
            )
        first = type(parts[0])
        if any(type(one) is not first for one in parts):
            raise UsageError(
                f"a route cannot say {written(said)}: make a route of each, one below the other"
            )
        take = _TAKEN.get(first)
        if take is None:
            self.wider.append(f"{written(said)}: no route asks for that")
        else:
            take(self, said)

    def _without(self, said: Without) -> None:
        """What is left out is left out only where a route leaves out no more than the search."""
        part = said.part
        if isinstance(part, KindIs) and "kinds" not in self.keys:
            self.keys["kinds"] = tuple(one.value for one in EntryKind if one is not part.kind)
            self.narrower.append(f"{written(said)}: {_JUDGED_ONCE}")
        elif part == IsA(Trait.DISPOSITIVE):
            self.put("dispositive", False, said)
            self.narrower.append(f"{written(said)}: {_JUDGED_ONCE}")
        elif part == IsA(Trait.UNCERTAIN):
            self.put("certainty", "certain", said)
            self.narrower.append(f"{written(said)}: {_JUDGED_ONCE}")
        elif isinstance(part, Words) and not self.is_of_news:
            self.words["none"] = (*self.words.get("none", ()), _term(part))
        else:
            self.wider.append(f"{written(said)}: a route cannot leave that out")

    def put(self, key: str, value: _Value, said: Condition) -> None:
        """One condition of each sort; what is asked besides is left out, so that more is taken."""
        if key in self.keys:
            self.wider.append(f"{written(said)}: a route asks for {key} once")
        else:
            self.keys[key] = value


def _kinds(asked: _Asked, said: AnyOf) -> None:
    asked.put("kinds", tuple(one.kind.value for one in said.parts if isinstance(one, KindIs)), said)


def _rulings(asked: _Asked, said: AnyOf) -> None:
    rulings = tuple(one.ruling for one in said.parts if isinstance(one, RulingIs))
    if Ruling.NONE in rulings:
        asked.wider.append(f"{written(said)}: no route asks for what rules on nothing")
    else:
        asked.put("rulings", tuple(one.value for one in rulings), said)


def _courts(asked: _Asked, said: AnyOf) -> None:
    asked.put("courts", tuple(one.court_id for one in said.parts if isinstance(one, CourtIs)), said)


def _cases(asked: _Asked, said: AnyOf) -> None:
    asked.put("cases", tuple(one.case_id for one in said.parts if isinstance(one, OfCase)), said)


def _dockets(asked: _Asked, said: AnyOf) -> None:
    d = schema.dockets
    numbers = [one.docket_number for one in said.parts if isinstance(one, OnDocket)]
    wanted = sa.or_(*map(conditions.is_numbered, numbers))
    known = asked.record.rows(sa.select(d.c.court_id, d.c.docket_number).where(wanted))
    named = tuple(NamedDocket(court=row.court_id, number=row.docket_number) for row in known)
    if not named:
        raise UsageError(f"{written(said)}: nothing of it was seen yet, so no route can name it")
    asked.put("dockets", named, said)
    asked.narrower.append(f"{written(said)}: {_LATER}")


def _parties(asked: _Asked, said: AnyOf) -> None:
    terms = tuple(_term(one.words) for one in said.parts if isinstance(one, Party))
    asked.put("parties", terms, said)
    asked.narrower.append(f"{written(said)}: a route compares parties letter by letter")


def _words(asked: _Asked, said: AnyOf) -> None:
    terms = tuple(_term(one) for one in said.parts if isinstance(one, Words))
    if asked.is_of_news:
        asked.wider.append(f"{written(said)}: a route asks news for no words")
    elif len(terms) > 1 and "any" in asked.words:
        asked.wider.append(f"{written(said)}: a route has one list of words of which any will do")
    else:
        key = "any" if len(terms) > 1 else "all"
        asked.words[key] = (*asked.words.get(key, ()), *terms)
        asked.narrower.append(f"{written(said)}: {_LETTERS}")


def _traits(asked: _Asked, said: AnyOf) -> None:
    if said.parts == (IsA(Trait.DISPOSITIVE),):
        asked.put("dispositive", True, said)
    elif said.parts == (IsA(Trait.UNCERTAIN),):
        asked.put("certainty", "uncertain", said)
    else:
        asked.wider.append(f"{written(said)}: no route asks for that")


def _places(asked: _Asked, said: AnyOf) -> None:
    if said.parts == (In(Place.NEWS),):
        asked.put("topics", ("news",), said)


def _sources(asked: _Asked, said: AnyOf) -> None:
    """A route asks who told it first; the search, whoever showed it since."""
    asked.wider.append(f"{written(said)}: what another source showed first would be missed")


def _days(asked: _Asked, said: AnyOf) -> None:
    asked.wider.append(f"{written(said)}: a route takes what comes")


_TAKEN: dict[type[Condition], Callable[[_Asked, AnyOf], None]] = {
    KindIs: _kinds,
    RulingIs: _rulings,
    CourtIs: _courts,
    OfCase: _cases,
    OnDocket: _dockets,
    Party: _parties,
    Words: _words,
    IsA: _traits,
    In: _places,
    FromSource: _sources,
    Filed: _days,
    Seen: _days,
}


def _term(words: Words) -> str:
    return words.text + ("*" if words.is_prefix else "")


def _may_be_news(condition: Condition) -> bool:
    """Whether an article of the press may be what is looked for."""
    if isinstance(condition, AllOf):
        return all(map(_may_be_news, condition.parts))
    if isinstance(condition, AnyOf):
        return any(map(_may_be_news, condition.parts))
    if isinstance(condition, In):
        return condition.place is Place.NEWS
    if isinstance(condition, Without):
        return condition.part != In(Place.NEWS)
    return isinstance(condition, Words | OfCase | FromSource | Seen)


# --- as it stands in the file ---


def _yaml(route: RouteConfig) -> str:
    """The route as a part of `routes:`, which the configuration reads back as it is."""
    return "\n".join(["routes:", *(f"  {line}" for line in _lines(route))]) + "\n"


def _lines(route: RouteConfig) -> Iterator[str]:
    yield f"- name: {in_yaml(route.name)}"
    lists = ("to", "topics", "cases", "courts", "kinds", "rulings", "parties")
    for key in lists:
        if values := getattr(route, key):
            yield f"  {key}: [{', '.join(map(in_yaml, values))}]"
    if route.dockets:
        yield "  dockets:"
        for docket in route.dockets:
            yield f"    - {{court: {in_yaml(docket.court)}, number: {in_yaml(docket.number)}}}"
    if route.dispositive is not None:
        yield f"  dispositive: {str(route.dispositive).lower()}"
    if route.certainty:
        yield f"  certainty: {route.certainty}"
    if route.goes_on:
        yield "  continue: true"
    if route.words != WordsConfig():
        yield "  words:"
        for key in ("any", "all", "none"):
            if values := getattr(route.words, key):
                yield f"    {key}: [{', '.join(map(in_yaml, values))}]"
