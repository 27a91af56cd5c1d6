"""What the search page of a site reads: every entry in its words, in pieces.

A piece is a script that hands over plain rows: a browser reads it from a folder, too, where it
fetches nothing else. The oldest come first, so that a new entry changes the last piece alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from monitor.history.published import PublishedEntry
from monitor.normalize.text import without_hiding
from monitor.render.message import place_words, short_number
from monitor.show.web.static.names import entry_name

_LARGEST = 90_000


def pieces(case_id: str, label: str, entries: Sequence[PublishedEntry]) -> Iterator[bytes]:
    """The pieces of a case, each below 100 kB where no single text is larger."""
    some: list[PublishedEntry] = []
    size = 0
    for entry in entries:
        weight = len(_json(_row(entry))) + 2
        if some and size + weight > _LARGEST:
            yield _piece(case_id, label, some)
            some, size = [], 0
        some.append(entry)
        size += weight
    if some:
        yield _piece(case_id, label, some)


def _row(entry: PublishedEntry) -> list[str | int | None]:
    """As search.js reads it: the places of its values are agreed upon there."""
    return [
        entry_name(entry.entry_id),
        entry.entry_number,
        entry.date_filed.isoformat() if entry.date_filed else "",
        place_words(entry.court_id, short_number(entry.docket_number)),
        entry.court_id,
        entry.docket_number,
        # The kind that it is taken for, then those that it may be of.
        " ".join((entry.kind, *entry.may_be)),
        entry.ruling,
        without_hiding(entry.headline),
        without_hiding(entry.text),
    ]


def _piece(case_id: str, label: str, entries: Sequence[PublishedEntry]) -> bytes:
    captions = {
        f"{one.court_id}/{one.docket_number}": without_hiding(one.case_name) for one in entries
    }
    about = (case_id, without_hiding(label), list(captions.items()))
    rows = ",\n".join(_json(_row(one)) for one in entries)
    return f"docketEntries({', '.join(map(_json, about))}, [\n{rows}\n]);\n".encode()


def _json(value: object) -> str:
    """As JSON in ASCII, in which nothing could end a script or a line."""
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")
