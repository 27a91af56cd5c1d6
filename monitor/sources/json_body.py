"""JSON as servers answer it: a value that nobody can hold costs itself only, not the answer."""

from __future__ import annotations

import json
import re

#: A row holds lists of objects; whatever nests deeper is none of ours, and ends in RecursionError.
_DEEPEST = 40
#: A number of more digits is none; Python refuses to read thousands of them.
_MOST_DIGITS = 20
#: A string, be it without an end, or a bracket.
_TOKEN = re.compile(r'"(?>(?:[^"\\]|\\.)*)"?|[\[\]{}]', re.DOTALL)


def read_json(body: bytes) -> object:
    """What a body of JSON says. Raises ValueError where it is none.

    A byte that is no letter is read as U+FFFD, controls within strings as they stand, a number of
    thousands of digits as a float, and what nests too deep as null.

    >>> read_json(b'{"a": [1, {}], "b": ' + b"9" * 5_000 + b"}")
    {'a': [1, {}], 'b': inf}
    >>> read_json(b"[[1], " + b"[" * 5_000 + b"]" * 5_000 + b"]")[0]  # type: ignore[index]
    [1]
    """
    text = body.decode(json.detect_encoding(body), "replace")
    said: object = json.loads(_shallow(text), parse_int=_number, strict=False)
    return said


def _number(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MOST_DIGITS else float(digits)


def _shallow(text: str) -> str:
    """The same JSON, with null for what stands in too many brackets."""
    kept: list[str] = []
    depth = at = 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "[{":
            depth += 1
            if depth == _DEEPEST + 1:
                kept += [text[at : token.start()], "null"]
        elif sign in "]}":
            if depth == _DEEPEST + 1:
                at = token.end()
            depth -= 1
    return "".join((*kept, text[at:])) if kept else text
