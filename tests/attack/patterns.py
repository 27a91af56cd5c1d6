"""Every pattern that the program compiles, over texts made against it."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import monitor
from tests.attack.strings import attacks
from tests.attack.victim import Attack

_HOUSE = Path(monitor.__file__).parent
SIZE = 100_000
#: What a pattern is given where that is less: the code cuts it, or it is the operator's own.
SEES = {
    # The head of an entry (`heading.READ`), as much as rulings read (`rulings.READ`), and what
    # stands around a verb (`rulings._NEAR`).
    "monitor.classify.heading": 400,
    "monitor.classify.forms": 400,
    "monitor.classify.grammar": 400,
    "monitor.classify.reading": 400,
    "monitor.classify.second_reader": 400,
    "monitor.classify.vocabulary": 400,
    "monitor.classify.rulings": 2_000,
    "monitor.classify.relief": 2_000,
    "monitor.classify.mood": 240,
    "monitor.classify.ruled_on": 240,
    # What stands around a day (`around.BEFORE`, `around.BEHIND`); of three, the text (`dates.READ`).
    "monitor.stated.cues": 600,
    "monitor.stated.what": 600,
    # One sentence (`undone._SENTENCE`); the head of an entry (`moves._HEAD`, `matter._READ`).
    "monitor.stated.undone": 400,
    "monitor.stated.undone:_RULED": 20_000,
    "monitor.stated.moves": 600,
    "monitor.stated.matter": 1_000,
    "monitor.stated.book": 2_000,
    "monitor.stated.cues:SENTENCE_END": 20_000,
    "monitor.stated.cues:ACTED": 20_000,
    "monitor.stated.cues:SCHEDULE": 20_000,
    # The first sentence of a report (`events.act_of`).
    "monitor.diff.events": 400,
    # A text is given only as far as its last "-->".
    "monitor.normalize.text:_COMMENT": 2_000,
    # News: the beginning (`news._READ`).
    "monitor.match.news": 1_500,
    # An XML declaration (`declared_encoding`).
    "monitor.sources.court_rss.pieces:_DECLARED": 200,
    # What follows the end of a feed.
    "monitor.sources.news_feed.reader:_END": 2_000,
}
#: Modules that see only what the operator wrote.
_OWN = (
    "monitor.settings",
    "monitor.show",
    "monitor.passwords",
    "monitor.fields",
    "monitor.recordings",
)
_TRIES = ("search", "match", "fullmatch", "sub", "split", "findall", "finditer")
_ALL = frozenset({"sub", "split", "findall", "finditer"})
Pattern = re.Pattern[str] | re.Pattern[bytes]


def modules() -> list[str]:
    """The modules that have patterns, and see what others wrote."""
    return sorted({module for module, _, _ in _patterns() if not module.startswith(_OWN)})


def on_module(module: str) -> Iterator[Attack]:
    """The attacks on each pattern of a module, as it is used."""
    for where, place, pattern in _patterns():
        if where == module:
            size = SEES.get(f"{module}:{place}", SEES.get(module, SIZE))
            for text in attacks(_source(pattern), pattern.flags, size):
                for way in _ways(module, place):
                    yield f"{place} {way} {text[:60]!r}", partial(_run, pattern, way, text)


def _source(pattern: Any) -> str:
    """The pattern as text, also where it reads bytes."""
    raw: str | bytes = pattern.pattern
    return raw.decode("latin-1") if isinstance(raw, bytes) else raw


def _run(pattern: Any, way: str, text: str) -> None:
    subject = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    if way in _ALL:
        for _ in pattern.finditer(subject):
            pass
    else:
        getattr(pattern, way)(subject)


@cache
def _ways(module: str, place: str) -> tuple[str, ...]:
    """How the code uses what is called so; in both ways where that cannot be seen."""
    if place.endswith(".after"):
        return ("match",)
    if place.endswith(".before"):
        return ("search",)
    name = re.split(r"[.\[]", place, maxsplit=1)[0]
    inline = place.partition(":")[2]
    path = _HOUSE.parent / module.replace(".", "/")
    own = (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text()
    used = (way for way in _TRIES if re.search(rf"\b{name}\.{way}\b", own))
    ways = ("finditer" if way in _ALL else way for way in ((inline,) if inline else used))
    return tuple(dict.fromkeys(ways)) or ("search", "finditer")


@cache
def _patterns() -> tuple[tuple[str, str, Pattern], ...]:
    """Module, place and pattern: those that stand in modules, and those written in functions."""
    found: dict[Pattern, tuple[str, str]] = {}
    for info in pkgutil.walk_packages(monitor.__path__, "monitor."):
        if "migrations" not in info.name and not info.name.endswith("__main__"):
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                for place, pattern in _within(value, name):
                    found.setdefault(pattern, (info.name, place))
    found |= {
        pattern: (module, place) for module, place, pattern in _inline() if pattern not in found
    }
    return tuple((module, place, pattern) for pattern, (module, place) in found.items())


def _within(value: object, place: str, depth: int = 0) -> Iterator[tuple[str, Pattern]]:
    if isinstance(value, re.Pattern):
        yield place, value
    elif depth < 4 and isinstance(value, tuple | list):
        for number, one in enumerate(value):
            yield from _within(one, f"{place}[{number}]", depth + 1)
    elif depth < 4 and isinstance(value, dict):
        for key, one in value.items():
            yield from _within(one, f"{place}[{key}]", depth + 1)
    elif depth < 4 and dataclasses.is_dataclass(value) and not isinstance(value, type):
        for one in dataclasses.fields(value):
            yield from _within(getattr(value, one.name), f"{place}.{one.name}", depth + 1)


def _inline() -> Iterator[tuple[str, str, Pattern]]:
    """`re.sub("…", …)` and its like, written where they are used."""
    for path in sorted(_HOUSE.rglob("*.py")):
        module = ".".join(path.relative_to(_HOUSE.parent).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=way),
                    args=[ast.Constant(value=str() as pattern), *_],
                ) if way in _TRIES:
                    yield module, f"{node.lineno}:{way}", re.compile(pattern)
