"""Entries as JSON Lines, CSV and Markdown: one after the other, so that a million need no room."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from enum import StrEnum

from monitor.history.answers import EntryLine
from monitor.show.json_out import json_text
from monitor.show.web.view import cell

#: What a spreadsheet takes in one cell; it would break a longer one over the next rows.
_LONGEST_CELL = 32_000
_CUT = " … (cut here; JSON Lines has all of it)"
_COLUMNS = tuple(EntryLine.__dataclass_fields__)


class Form(StrEnum):
    """In which form entries are exported."""

    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    ICAL = "ical"
    HTML = "html"


def json_lines(lines: Iterable[EntryLine]) -> Iterator[str]:
    """Each entry on a line, as `history --json` prints it."""
    for line in lines:
        yield json_text(line) + "\n"


def csv_rows(lines: Iterable[EntryLine]) -> Iterator[str]:
    """A table under one header, that a spreadsheet opens as text: no cell is a formula."""
    # Excel takes a file for UTF-8 where it begins with this mark.
    yield "\ufeff" + _row(_COLUMNS)
    for line in lines:
        yield _row(_shortened(cell(getattr(line, name))) for name in _COLUMNS)


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _shortened(said: str) -> str:
    return said if len(said) <= _LONGEST_CELL else said[:_LONGEST_CELL] + _CUT
