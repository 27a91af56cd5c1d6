"""The change log is a chain: each row's hash covers the row and the hash of the row before it.

Whoever changes, drops, adds or moves a row breaks it there. What is hashed is documented in
docs/operators.md and must never change: anybody may compute it without this program.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

#: The hash before the first row.
BEGINNING = "0" * 64
#: What a row's hash covers, besides the hash before it.
FIELDS = ("change_id", "at", "kind", "source_id", "entry_id", "docket_id", "detail")


def canonical(row: Mapping[str, Any]) -> str:
    """A row in the one spelling that is hashed: JSON, keys sorted, no blanks, ASCII alone.

    >>> canonical({name: None for name in FIELDS} | {"at": datetime(2026, 3, 4, tzinfo=UTC)})
    '{"at":"2026-03-04T00:00:00+00:00","change_id":null,"detail":null,"docket_id":null,\
"entry_id":null,"kind":null,"source_id":null}'
    """
    covered = {name: row[name] for name in FIELDS}
    at: datetime = covered["at"]
    covered["at"] = at.astimezone(UTC).isoformat()
    return json.dumps(covered, sort_keys=True, separators=(",", ":"))


def link(previous: str, row: Mapping[str, Any]) -> str:
    """The hash of a row that follows the one of this hash."""
    return hashlib.sha256(f"{previous}\n{canonical(row)}".encode("ascii", "replace")).hexdigest()


def chained(
    previous: str, last_id: int, rows: Iterable[Mapping[str, Any]]
) -> Iterable[dict[str, Any]]:
    """Rows with their numbers and their hashes, behind the row of this number and hash."""
    for change_id, row in enumerate(rows, last_id + 1):
        numbered = {**row, "change_id": change_id}
        previous = link(previous, numbered)
        yield {**numbered, "hash": previous}
