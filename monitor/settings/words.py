"""What a wrong value is told in: our words, never those of the library that found it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from monitor.settings.problems import did_you_mean
from monitor.settings.yaml_file import Loc

_LETTERS = "write small letters, digits and hyphens, as ctr-v-irs"
#: The form of a value, by the key that it stands behind.
_FORMS = {
    "id": _LETTERS,
    "name": _LETTERS,
    "pack": _LETTERS,
    "email": "write one mail address, as desk@example.org",
    "from": "write a mail address, as Docket Monitor <monitor@example.org>, on one line",
}
#: How the library calls a mistake -> what we say of it.
_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "greater_than": lambda at: f"is too small: write a number above {at['gt']:g}",
    "greater_than_equal": lambda at: f"is too small: write {at['ge']:g} or more",
    "less_than": lambda at: f"is too large: write a number below {at['lt']:g}",
    "less_than_equal": lambda at: f"is too large: write {at['le']:g} or less",
    "finite_number": lambda _: "is without end: write a number",
    "string_too_short": lambda at: _length(at["min_length"], "shorter", "sign"),
    "string_too_long": lambda at: f"is too long: write at most {at['max_length']} signs",
    "too_short": lambda at: _length(at["min_length"], "fewer", "entry"),
    "too_long": lambda at: f"has too many entries: write at most {at['max_length']}",
    "recursion_loop": lambda _: "contains itself",
}
#: Families of the library's names -> what belongs there.
_KINDS = {
    "bool": "write true or false",
    "int": "write a whole number",
    "float": "write a number",
    "string": "write a text; put it into quotes where it looks like a number or a date",
    "tuple": "write a list, as [one, another]",
    "list": "write a list, as [one, another]",
    "model": "write keys and values, each on a line of its own",
    "dict": "write keys and values, each on a line of its own",
    "invalid": "its key is no word: put it into quotes",
}


def in_plain_words(error: ErrorDetails, loc: Loc, known: Sequence[str]) -> str:
    """What is wrong and what to write. `known` are the keys that may stand there."""
    kind, at = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return "unknown key" + did_you_mean(str(loc[-1]), known)
    if kind == "missing":
        return "is missing"
    if kind == "literal_error":
        expected = [one.strip("' ") for one in at["expected"].replace(" or ", ",").split(",")]
        return f"{error['input']!r} is not allowed{did_you_mean(str(error['input']), expected)}"
    if kind in {"value_error", "recipient"}:
        return error["msg"].removeprefix("Value error, ")
    if kind == "string_pattern_mismatch":
        return _FORMS.get(str(loc[-1]), "is not in the form that is wanted here")
    if kind in _WORDS:
        return _WORDS[kind](at)
    return _KINDS.get(kind.partition("_")[0], "is nothing that can stand here")


def _length(least: int, word: str, thing: str) -> str:
    if least == 1:
        return "is empty"
    return f"is {word} than {least} {thing}s"
