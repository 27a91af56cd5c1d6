"""YAML with line numbers. YAML 1.2: `no` is a word and `12:30` is no number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.settings.problems import ConfigProblems, Problem

DEFAULT_DATABASE = "sqlite:///var/monitor.db"
Loc = Sequence[int | str]
#: Where an error of the YAML reader repeats what is written, which may be a secret.
_SHOWN = re.compile(r"( alias| anchor| tag| handle) ['\"].*| with value .*")


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
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as exc:
        advice = "there is no such file; `docket-monitor init` writes one"
        raise ConfigProblems([Problem(path, 0, "", advice)]) from exc
    except (OSError, UnicodeError) as exc:
        raise ConfigProblems([Problem(path, 0, "", f"cannot be read: {exc}")]) from exc
    try:
        data = YAML(typ="rt").load(text)
    except MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        said = _SHOWN.sub(r"\1", " ".join(str(exc.problem or exc.context).split()))
        line = mark.line + 1 if mark else 0
        raise ConfigProblems([Problem(path, line, "", f"not YAML: {said}")]) from exc
    except (YAMLError, ValueError) as exc:
        said = " ".join(str(exc).split())
        raise ConfigProblems([Problem(path, 0, "", f"not YAML: {said}")]) from exc
    if data is None:
        data = {}
    if not isinstance(data, Mapping):
        raise ConfigProblems([Problem(path, 1, "", "the file must hold keys and values")])
    return YamlFile(path, data)


def database_url(url: str, base: Path) -> str:
    """A relative SQLite path is meant from the configuration's own folder, like every other."""
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith(f"{prefix}/"):
        return f"{prefix}{(base / url.removeprefix(prefix)).resolve()}"
    return url


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
