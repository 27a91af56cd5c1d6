"""The laws of the house that its code can be asked about."""

from __future__ import annotations

import ast
import hashlib
import re
import tokenize
import typing
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path

import pytest

import monitor
from monitor.classify.kinds import RULES_VERSION
from monitor.model import alert as alerts
from monitor.route.rules import TOPIC_GROUPS, TOPICS
from monitor.sources.registry import TRAITS, every_reader, polled_readers, pushed_readers

HOUSE = Path(monitor.__file__).parent
FILES = sorted(HOUSE.rglob("*.py"))
UNION: tuple[type, ...] = typing.get_args(alerts.Alert)


def trees() -> Iterator[tuple[str, ast.Module]]:
    for file in FILES:
        yield file.relative_to(HOUSE).as_posix(), ast.parse(file.read_text("utf-8"))


# --- alerts are a closed union ---


def test_every_topic_is_the_topic_of_one_alert() -> None:
    topics = [typing.get_args(typing.get_type_hints(one)["topic"]) for one in UNION]
    assert [len(found) for found in topics] == [1] * len(UNION)
    assert sorted(name for (name,) in topics) == sorted((*TOPICS, "briefing", "silenced"))


def test_every_alert_is_in_the_union() -> None:
    """A class that nobody put into the union would be told by nobody."""
    classes = {value for value in vars(alerts).values() if isinstance(value, type)}
    assert {one for one in classes if "topic" in getattr(one, "__slots__", ())} == set(UNION)


def test_a_group_of_topics_names_topics_and_never_hides_one() -> None:
    assert {topic for group in TOPIC_GROUPS.values() for topic in group} < set(TOPICS)
    assert not set(TOPIC_GROUPS) & set(TOPICS)


def test_alerts_cannot_be_changed() -> None:
    assert all(is_dataclass(one) and one.__dataclass_params__.frozen for one in UNION)  # type: ignore[attr-defined]


def test_who_asks_for_the_class_of_a_thing_asks_for_all_classes() -> None:
    """Each `match` over classes ends in `assert_never`: the type checker names what is missing."""
    careless = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Match) and _is_over_classes(node) and not _is_exhaustive(node)
    ]
    assert careless == []


def _is_over_classes(node: ast.Match) -> bool:
    return any(isinstance(part, ast.MatchClass) for case in node.cases for part in ast.walk(case))


def _is_exhaustive(node: ast.Match) -> bool:
    last = node.cases[-1]
    is_rest = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None
    calls = (part.func for part in ast.walk(last) if isinstance(part, ast.Call))
    return is_rest and any(isinstance(f, ast.Name) and f.id == "assert_never" for f in calls)


#: Where JSON is read or written: rows, wires, files.
EDGES = (
    "sources/",
    "store/",
    "render/webhook/",
    "settings/",
    "demo/",
    "show/api/",  # OpenAPI's own documents, as its library gives them
)


def test_no_untyped_dictionary_goes_from_station_to_station() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        if not name.startswith(EDGES)
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and ast.unparse(node) in {"dict[str, Any]", "Mapping[str, Any]", "dict[str, object]"}
    ]
    assert found == []


# --- sources are rooms ---

#: The name of a kind is a key there: of its reader, its row, its line on a board.
KEYED_BY_KIND = {
    "sources/registry.py",
    "store/rows.py",
    "poll.py",
    "doctor.py",
    "pushed.py",
    "replay.py",
    "history/sources.py",
}


def _asks_for_kind(tree: ast.Module) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "kind":
            owner = ast.unparse(node.value).rpartition(".")[2].lstrip("_")
            if owner == "traits" or owner.endswith("source"):
                yield node


def test_nobody_asks_for_the_kind_of_a_source() -> None:
    asking = {name for name, tree in trees() if any(_asks_for_kind(tree))}
    assert asking <= KEYED_BY_KIND


def test_no_judge_knows_a_kind_of_source() -> None:
    """Kinds are named in their rooms, and where the settings plan what to read."""
    rooms = {path.name for path in (HOUSE / "sources").iterdir() if path.is_dir()}
    knowing = {
        name.partition("/")[0]
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        if (node.module == "monitor.sources" or node.module.split(".")[-1] in rooms | {"rest"})
        and node.module.startswith("monitor.sources")
    }
    assert knowing <= {"sources", "settings", "build.py", "replay.py", "show", "store"}


def test_every_kind_is_declared_in_its_room_and_read_by_somebody() -> None:
    assert set(every_reader()) == set(TRAITS)
    assert {kind for kind, traits in TRAITS.items() if traits.is_pushed} == set(pushed_readers())
    assert not set(polled_readers()) & set(pushed_readers())


# --- judgements are kept with the version of the rules ---

#: Version -> digests of the rules under it. A change that cannot decide anything adds a digest; any
#: other raises the version.
RULES = {1: {"57ae632c"}, 2: {"64bc1cce"}, 3: {"a6b590eb"}}


def test_other_rules_have_another_version() -> None:
    """Whoever changes the rules raises RULES_VERSION, and entries are judged again."""
    files = [file for file in FILES if "classify" in file.parts]
    words = [word for file in files for word in _words(file)]
    data = ("vocabulary/dockets.txt", "weights.tsv")
    words += [(HOUSE / "classify" / name).read_text("utf-8") for name in data]
    digest = hashlib.blake2b("\n".join(words).encode(), digest_size=4).hexdigest()
    assert digest in RULES[RULES_VERSION], f"the rules are others now ({digest})"


def _words(file: Path) -> Iterator[str]:
    """The program in this file, without its comments and its layout."""
    layout = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    with file.open("rb") as lines:
        for token in tokenize.tokenize(lines.readline):
            if token.type not in layout:
                yield token.string


# --- names ---


@pytest.mark.parametrize("word", ["utils", "util", "helpers", "helper", "manager", "service"])
def test_no_module_is_called_by_a_word_that_says_nothing(word: str) -> None:
    assert [str(file) for file in FILES if word in file.stem.split("_")] == []


# --- what every Python of the promised versions reads alike ---

#: Before 3.11.5 a possessive repetition of a group forgets how to go on (CPython #106052).
_POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{\{?\d*,?\d*\}?\})\+")


def test_no_group_is_repeated_possessively() -> None:
    """`(?>(?:…)*)` says the same, and every version reads it."""
    found = [
        f"{file.relative_to(HOUSE)}:{number}"
        for file in FILES
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if _POSSESSIVE_GROUP.search(line)
    ]
    assert found == []
    assert _POSSESSIVE_GROUP.search(r"(?:a|b){{0,19}}+")
