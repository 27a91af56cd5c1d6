"""What is wrong with a configuration: file, line, key, and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `line` counts from 1; 0 means the file as a whole."""

    file: Path
    line: int
    key: str
    message: str
    is_warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        word = "warning: " if self.is_warning else ""
        return f"{place}: {word}{self.key + ': ' if self.key else ''}{self.message}"


class ConfigProblems(ConfigError):
    """Everything that is wrong, so that it can be mended in one go."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


#: So many names are listed; nobody reads two hundred.
_MOST = 25


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that this one may be a misspelling of."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A suggestion for a misspelt word, or what there is to choose from.

    >>> did_you_mean("prot", ["host", "port"])
    '; did you mean “port”?'
    """
    names = sorted(known)
    if close := closest(word, names):
        return f"; did you mean “{close}”?"
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return f"; known are {', '.join(names[:_MOST])}{more}" if names else ""
