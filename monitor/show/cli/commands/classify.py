"""Kinds and rulings of entries from outside, for people and machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO, cast

import click

from monitor.classify.kinds import classify
from monitor.errors import UsageError
from monitor.history.answers import RulingLine
from monitor.model.docket import Judgement, Ruling
from monitor.show.cli.completion import court_ids
from monitor.show.cli.options import json_lines
from monitor.show.cli.output import print_json_line
from monitor.show.cli.words import fill, ruling_on_words


@dataclass(frozen=True, slots=True)
class _Row:
    """One entry to be judged."""

    name: str
    text: str
    event_name: str
    court_id: str = ""


@dataclass(frozen=True, slots=True)
class ClassifiedLine:
    """What an entry is thought to be. `label` and `dispositive_or_relief` are the names of two
    fields in files of labels: the same as `kind` and `is_dispositive`."""

    id: str
    kind: str
    may_be: tuple[str, ...]
    certainty: str
    ruling: str
    rulings: tuple[RulingLine, ...]
    is_dispositive: bool | None
    acts_on: str
    reason: str
    label: str
    dispositive_or_relief: bool | None


@click.command(
    "classify", epilog="Example: docket-monitor classify --text 'ORDER denying 7 Motion'"
)
@click.argument("file", type=click.File("r", encoding="utf-8"), required=False)
@click.option("--text", default="", help="One entry's full text.")
@click.option("--event", default="", help="One entry's event name, as a feed prints it.")
@click.option(
    "--court",
    "court_id",
    default="",
    shell_complete=court_ids,
    help="Its court, as CourtListener names it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines, for machines.")
def command(file: TextIO | None, text: str, event: str, court_id: str, as_json: bool) -> None:
    """Say what entries are and what the court did, with the words that decided it.

    FILE holds JSON lines {"id", "court", "text", "short_text"}; without it, and without --text
    and --event, standard input is read.
    """
    if file and (text or event):
        raise UsageError("name a FILE, or give --text and --event: not both")
    one = iter([_Row("", text, event, court_id)])
    is_empty = True
    for row in one if text or event else _rows(file or _standard_input()):
        is_empty = False
        judgement = classify([row.event_name] if row.event_name else [], row.text, row.court_id)
        if as_json:
            print_json_line(_line(row, judgement))
        else:
            click.echo(_words(row, judgement))
    if is_empty:
        raise UsageError("nothing to classify: one JSON object a line is wanted, or --text WORDS")


def _standard_input() -> TextIO:
    """JSON is UTF-8, whatever the terminal is."""
    return cast(TextIO, click.open_file("-", encoding="utf-8"))


def _rows(lines: TextIO) -> Iterator[_Row]:
    for where, row in json_lines(lines):
        if not isinstance(row, dict):
            raise UsageError(f"{where} is no JSON object with text and short_text")
        name, *words = (row.get(key) for key in ("id", "text", "short_text", "court"))
        yield _Row("" if name is None else str(name), *(str(word or "") for word in words))


def _line(row: _Row, judgement: Judgement) -> ClassifiedLine:
    because = f"; “{judgement.ruling_reason}”" if judgement.ruling_reason else ""
    return ClassifiedLine(
        id=row.name,
        kind=judgement.kind.value,
        may_be=tuple(kind.value for kind in judgement.may_be),
        certainty=judgement.certainty.value,
        rulings=tuple(RulingLine(r.ruling.value, r.on, r.words) for r in judgement.rulings),
        ruling=judgement.ruling.value,
        is_dispositive=judgement.is_dispositive,
        acts_on=judgement.acts_on,
        reason=judgement.reason + because,
        label=judgement.kind.value,
        dispositive_or_relief=judgement.is_dispositive,
    )


def _words(row: _Row, judgement: Judgement) -> str:
    weight = {
        True: "grants or denies relief, or ends the case",
        False: "",
        None: "may decide: unknown",
    }
    because = f" (“{judgement.ruling_reason}”)" if judgement.ruling_reason else ""
    parts = [
        f"{row.name} {judgement.kind.value.replace('_', ' ')} ({judgement.reason})".strip(),
        _doubt(judgement),
        f"ruling: {_ruling(row, judgement)}{because}",
        f"acts on: {judgement.acts_on}" if judgement.acts_on else "",
        weight[judgement.is_dispositive],
    ]
    shown = [part for part in parts if part]
    return "\n".join(fill(part, "  " if place else "") for place, part in enumerate(shown))


def _doubt(judgement: Judgement) -> str:
    besides = " or ".join(kind.value.replace("_", " ") for kind in judgement.may_be)
    return f"UNCERTAIN: may be {besides}; read it" if besides else ""


def _ruling(row: _Row, judgement: Judgement) -> str:
    is_open = judgement.ruling is Ruling.NONE and judgement.is_dispositive is None
    if is_open and not row.text:
        return "not known (only the event name was seen)"
    if len(judgement.rulings) > 1:
        lines = (RulingLine(r.ruling.value, r.on, r.words) for r in judgement.rulings)
        return "; ".join(map(ruling_on_words, lines))
    return judgement.ruling.value.replace("_", " ")
