"""Texts that a pattern likes least, made from the pattern's own signs.

A pattern that backtracks takes the square of a text's length, or worse, over a long run of what one
of its repeats takes, without what should follow; or over its own beginning, again and again.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

#: Python's own reading of a pattern; it has no public name.
_parser = importlib.import_module("re._parser")
#: What stands for a class of signs.
_CLASSES = {
    "CATEGORY_DIGIT": "1",
    "CATEGORY_SPACE": " \n",
    "CATEGORY_WORD": "a1",
    "CATEGORY_NOT_SPACE": "a(",
    "CATEGORY_NOT_WORD": " -",
    "CATEGORY_NOT_DIGIT": "a ",
}
_ANY = "a <\n"
_ENOUGH = 10
_Node = tuple[Any, Any]


def attacks(pattern: str, flags: int, size: int) -> Iterator[str]:
    """Texts of about `size` signs; every one of another make."""
    tree = _parser.parse(pattern, flags)
    yield from (_long(unit, size, miss) for unit, miss in _runs(tree))
    for before, unit, behind in dict.fromkeys(_repeats(tree, "")):
        for miss in ("", "\x00", "<", behind):
            yield before + _long(unit, size, miss)
        yield _long(before + unit * 3, size, "\x00")
        yield _long(before, size // 2, _long(unit, size // 2, "\x00"))


def _long(unit: str, size: int, miss: str) -> str:
    return unit * (size // max(len(unit), 1)) + miss


def _runs(tree: Iterable[_Node]) -> Iterator[tuple[str, str]]:
    """Each beginning of a match, and each sign, to be repeated."""
    found = dict.fromkeys(_beginnings(tree, ""))
    for start in (*found, *dict.fromkeys("".join(found)), *_ANY):
        if start:
            yield start, ""
            yield start, "\x00"


def _beginnings(tree: Iterable[_Node], before: str) -> Iterator[str]:
    for node in tree:
        for inner in _inner(node):
            yield from _beginnings(inner, before)
        before += _sample([node])
        yield before


def _repeats(tree: Sequence[_Node], before: str) -> Iterator[tuple[str, str, str]]:
    """What stands before a repeat without end, what it repeats, what should follow."""
    for place, node in enumerate(tree):
        if _is_endless(node):
            for unit in _units(node):
                yield before, unit, _sample(tree[place + 1 :])
        for inner in _inner(node):
            yield from _repeats(inner, before)
        before += _sample([node])


def _is_endless(node: _Node) -> bool:
    return str(node[0]).endswith("_REPEAT") and node[1][1] > _ENOUGH


def _units(node: _Node) -> Iterator[str]:
    body = list(node[1][2])
    if len(body) == 1 and body[0][0] is not None:
        yield from _signs(body[0]) or [_sample(body)]
    yield _sample(body)
    for inner in _inner(node):
        yield from (_sample(alternative) for part in inner for alternative in _inner(part))


def _inner(node: _Node) -> list[Any]:
    """The patterns within a node."""
    name, value = str(node[0]), node[1]
    if name == "BRANCH":
        return list(value[1])
    if name.endswith("_REPEAT"):
        return [value[2]]
    if name == "SUBPATTERN":
        return [value[3]]
    if name in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    return [value] if name == "ATOMIC_GROUP" else []


def _signs(node: _Node) -> list[str]:
    """Some signs that a node of one sign takes."""
    name, value = str(node[0]), node[1]
    if name == "LITERAL":
        return [chr(value)]
    if name == "NOT_LITERAL":
        return [sign for sign in _ANY + "&;" if ord(sign) != value]
    if name == "ANY":
        return list(_ANY)
    return _of_class(value) if name == "IN" else []


def _of_class(items: Sequence[_Node]) -> list[str]:
    takes = [sign for item in items for sign in _of_item(item)]
    if str(items[0][0]) == "NEGATE":
        refused = set(takes)
        return [sign for sign in _ANY + "1(&" if sign not in refused and sign]
    return list(dict.fromkeys(takes))


def _of_item(item: _Node) -> list[str]:
    name, value = str(item[0]), item[1]
    if name == "LITERAL":
        return [chr(value)]
    if name == "RANGE":
        return [chr(value[0])]
    return list(_CLASSES.get(str(value), "a")) if name == "CATEGORY" else []


def _sample(tree: Iterable[_Node]) -> str:
    """One short text that fits."""
    return "".join(map(_sample_of, tree))


def _sample_of(node: _Node) -> str:
    name, value = str(node[0]), node[1]
    if name.endswith("_REPEAT"):
        times: int = min(max(value[0], 1), 5)
        return _sample(value[2]) * times
    if name in ("ASSERT", "ASSERT_NOT", "AT", "GROUPREF"):
        return ""
    inner = _inner(node)
    return _sample(inner[0]) if inner else next(iter(_signs(node)), "")
