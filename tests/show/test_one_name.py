"""One thing has one name in every answer for machines; two old names live on in `classify`."""

from __future__ import annotations

import ast
import json
from dataclasses import fields
from pathlib import Path

import monitor
from monitor.history.answers import EntryLine, Explanation
from monitor.render.webhook.contract import Filed
from monitor.show.cli.commands.classify import ClassifiedLine

HOUSE = Path(monitor.__file__).parent
#: Field of a judgement -> other names that were in use for it.
NAMES = {"kind": {"label"}, "is_dispositive": {"dispositive_or_relief", "is_relief"}}


def names(answer: type) -> set[str]:
    return {one.name for one in fields(answer)}


def test_a_judgement_has_the_same_names_in_all_answers() -> None:
    for answer in (EntryLine, ClassifiedLine, Filed):
        assert {"kind", "ruling", "is_dispositive"} <= names(answer)
    judged = names(EntryLine) | names(Explanation)
    assert {"kind_reason", "ruling_reason"} <= judged & names(Filed)


def test_the_old_names_stand_in_one_answer_only() -> None:
    using = {
        path.relative_to(HOUSE).as_posix()
        for path in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) in NAMES["is_dispositive"]
    }
    assert using == {"show/cli/commands/classify.py"}
    old = {name for others in NAMES.values() for name in others}
    for answer in (EntryLine, Explanation, Filed):
        assert not old & names(answer)
    assert old & names(ClassifiedLine) == {"label", "dispositive_or_relief"}


def test_the_documents_know_the_one_name_only() -> None:
    docs = HOUSE.parent / "docs"
    for path in (*docs.glob("webhook*"), docs / "operators.md", HOUSE.parent / "README.md"):
        assert "dispositive_or_relief" not in path.read_text("utf-8")
    schema = json.loads((docs / "webhook.schema.json").read_text("utf-8"))
    labelled = {
        name for name, one in schema["$defs"].items() if "label" in one.get("properties", {})
    }
    assert labelled == {"Case"}  # the caption of a case; never a kind
