"""Kinds and rulings of entries from outside, for people and machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any, TextIO

import click

from monitor.classify.kinds import classify
from monitor.errors import UsageError
from monitor.model.docket import Kind
from monitor.show.cli.options import json_lines
from monitor.show.cli.words import ruling_words


@click.command(
    "classify", epilog="Example: docket-monitor classify --text 'ORDER denying 7 Motion'"
)
@click.argument("file", type=click.File("r", encoding="utf-8"), required=False)
@click.option("--text", default="", help="One entry's full text.")
@click.option("--event", default="", help="One entry's event name, as a feed prints it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines, for machines.")
def classify_(file: TextIO | None, text: str, event: str, as_json: bool) -> None:
    """Say what entries are and what the court did, with the words that decided it.

    FILE holds JSON lines {"id", "court", "text", "short_text"}; without it, and without --text
    and --event, standard input is read.
    """
    if file and (text or event):
        raise UsageError("name a FILE, or give --text and --event: not both")
    if text or event:
        rows: Iterator[dict[str, Any]] = iter([{"id": "", "text": text, "short_text": event}])
    else:
        rows = _rows(file or sys.stdin)
    is_empty = True
    for row in rows:
        is_empty = False
        short = str(row.get("short_text") or "")
        kind = classify([short] if short else [], str(row.get("text") or ""))
        click.echo(
            json.dumps(_json(row.get("id"), kind), ensure_ascii=False)
            if as_json
            else _words(row, kind)
        )
    if is_empty:
        raise UsageError("nothing to classify: one JSON object a line is wanted, or --text WORDS")


def _rows(lines: TextIO) -> Iterator[dict[str, Any]]:
    for where, row in json_lines(lines):
        if not isinstance(row, dict):
            raise UsageError(f"{where} is no JSON object with text and short_text")
        yield row


def _json(name: object, kind: Kind) -> dict[str, object]:
    return {
        "id": name,
        "label": kind.kind.value,
        "ruling": kind.ruling.value,
        "dispositive_or_relief": kind.is_dispositive,
        "acts_on": kind.acts_on,
        "reason": kind.reason + (f"; “{kind.ruling_reason}”" if kind.ruling_reason else ""),
    }


def _words(row: dict[str, Any], kind: Kind) -> str:
    weight = {
        True: "grants or denies relief, or ends the case",
        False: "",
        None: "may decide: unknown",
    }
    parts = [
        f"{row.get('id') or ''} {kind.kind.value.replace('_', ' ')} ({kind.reason})".strip(),
        f"ruling: {ruling_words(kind, has_text=bool(row.get('text')))}"
        + (f" (“{kind.ruling_reason}”)" if kind.ruling_reason else ""),
        f"acts on: {kind.acts_on}" if kind.acts_on else "",
        weight[kind.is_dispositive],
    ]
    return "\n  ".join(part for part in parts if part)
