"""What the search page of a site reads: every entry in its words, in pieces.

A piece is a script that hands over plain rows: a browser reads it from a folder, too, where it
fetches nothing else. The oldest come first, so that a new entry changes the last piece alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from monitor.history.published import PublishedEntry
from monitor.render.message import place_words, short_number
from monitor.show.web.static.names import entry_name

_LARGEST = 90_000


def pieces(case_id: str, label: str, entries: Sequence[PublishedEntry]) -> Iterator[bytes]:
    """The pieces of a case, each below 100 kB where no single text is larger."""
    rows: list[str] = []
    size = 0
    for entry in entries:
        row = _row(entry)
        if rows and size + len(row) > _LARGEST:
            yield _piece(case_id, label, rows)
            rows, size = [], 0
        rows.append(row)
        size += len(row) + 2
    if rows:
        yield _piece(case_id, label, rows)


def _row(entry: PublishedEntry) -> str:
    """As search.js reads it: the places of its values are agreed upon there."""
    return _json(
        [
            entry_name(entry.entry_id),
            entry.entry_number,
            entry.date_filed.isoformat() if entry.date_filed else "",
            place_words(entry.court_id, short_number(entry.docket_number)),
            entry.court_id,
            entry.docket_number,
            entry.kind,
            entry.ruling,
            entry.headline,
            entry.text,
        ]
    )


def _piece(case_id: str, label: str, rows: Sequence[str]) -> bytes:
    inner = ",\n".join(rows)
    return f"docketEntries({_json(case_id)}, {_json(label)}, [\n{inner}\n]);\n".encode()


def _json(value: object) -> str:
    """As JSON in ASCII, in which nothing could end a script or a line."""
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")
