"""YAML with line numbers. YAML 1.2: `no` is a word and `12:30` is no number."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from monitor.settings.problems import ConfigProblems, Problem

DEFAULT_DATABASE = "sqlite:///var/monitor.db"
#: An SQLite URL whose path begins nowhere: not at the root, at a home, or in memory.
_RELATIVE = re.compile(r"(sqlite(?:\+\w+)?:///)([^?/~:][^?]*)(.*)", re.DOTALL)
Loc = Sequence[int | str]
#: What the YAML reader says (and it may repeat what is written, which may be a secret) -> what we
#: say; the first that fits.
_MISTAKES = (
    ("duplicate key", "a key stands twice: leave one out"),
    ("expected ',' or ']'", "a list that begins with [ does not end: close it with ]"),
    ("expected ',' or '}'", "what begins with { does not end: close it with }"),
    ("escape", "a \\ in double quotes has a meaning of its own: use single quotes"),
    ("found ']'", "a ] without a [ before it"),
    ("found '}'", "a } without a { before it"),
    ("found ('}'", "a } without a { before it"),
    ("quoted scalar", "a text in quotes does not end: close it with the same sign"),
    (
        "mapping values are not allowed",
        "a colon too many: put the text into quotes, or begin a line",
    ),
    ("'\\t'", "a tab: use blanks"),
    ("could not find expected ':'", "a colon is missing behind a key"),
    ("alias", "a text that begins with * or & belongs into quotes"),
    ("anchor", "a text that begins with * or & belongs into quotes"),
    ("that cannot start any token", "a text that begins with @, ` or % belongs into quotes"),
    ("tag", "a text that begins with ! belongs into quotes"),
    ("block", "a line begins too far to the left or to the right of those above it"),
    ("indent", "a line begins too far to the left or to the right of those above it"),
    ("document", "the file holds --- or ... : one document is wanted"),
    ("merging", "<< takes other keys over: name them with an anchor"),
    ("not allowed", "a character that no text has: type the line anew"),
)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A mapping read from a file, which knows where each of its keys stands."""

    path: Path
    data: Mapping[str, Any]

    def line_of(self, loc: Loc) -> int:
        """The line (from 1) of the deepest key of `loc` that is there."""
        line, node = 1, self.data
        for step in loc:
            found = _line_in(node, step)
            if found is None:
                break
            line = found + 1
            try:
                node = node[step]  # type: ignore[index]
            except (KeyError, IndexError, TypeError):
                break
        return line

    def problem(self, loc: Loc, message: str, *, is_warning: bool = False) -> Problem:
        key = ".".join(map(str, loc))
        return Problem(self.path, self.line_of(loc), key, message, is_warning)


def read_yaml(path: Path) -> YamlFile:
    """Read a file that must hold a mapping. Raises ConfigProblems where it does not."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as exc:
        advice = "there is no such file; `docket-monitor init` writes one"
        raise ConfigProblems([Problem(path, 0, "", advice)]) from exc
    except UnicodeError as exc:
        raise ConfigProblems([Problem(path, 0, "", "is not UTF-8: save it as UTF-8")]) from exc
    except OSError as exc:
        said = f"cannot be read: {exc.strerror}"
        raise ConfigProblems([Problem(path, 0, "", said)]) from exc
    try:
        with warnings.catch_warnings():
            # An anchor that is named twice means the last one; its warning is raw and on stderr.
            warnings.simplefilter("ignore")
            data = YAML(typ="rt").load(text)
    except (YAMLError, ValueError, RecursionError) as exc:
        raise ConfigProblems([_no_yaml(path, exc)]) from exc
    if data is None:
        data = {}
    if not isinstance(data, Mapping):
        raise ConfigProblems([Problem(path, 1, "", "the file must hold keys and values")])
    return YamlFile(path, data)


def _no_yaml(path: Path, exc: Exception) -> Problem:
    mark = getattr(exc, "problem_mark", None) or getattr(exc, "context_mark", None)
    line = mark.line + 1 if mark else 0
    parts = (getattr(exc, "problem", ""), getattr(exc, "context", ""), "" if mark else str(exc))
    found = " ".join(" ".join(filter(None, parts)).split())
    rest = "look at this line and the one above it"
    if not mark:
        rest = "a number or a date that cannot be, or brackets too deep: use quotes for a text"
    words = next((ours for theirs, ours in _MISTAKES if theirs in found), rest)
    return Problem(path, line, "", f"not YAML: {words}")


def database_url(url: str, base: Path) -> str:
    """A relative SQLite path is meant from the configuration's own folder, like every other."""
    match = _RELATIVE.fullmatch(url)
    if match is None:
        return url
    scheme, path, query = match.groups()
    # The path in a URL is quoted (%20 is a blank), so the folder before it has to be, too.
    path = str((base / unquote(path)).resolve()).replace("%", "%25").replace("?", "%3F")
    return f"{scheme}{path}{query}"


def _line_in(node: Any, step: int | str) -> int | None:
    marks = getattr(node, "lc", None)
    # An empty mapping or list has marks, and no places in them.
    if marks is None or not node:
        return None
    try:
        place = marks.item(step) if isinstance(step, int) else marks.key(step)
    except (KeyError, IndexError, TypeError):
        return None
    return int(place[0])
