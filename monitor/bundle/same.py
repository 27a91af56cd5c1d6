"""Whether a bundle says the same of what came before from its installation: else it is refused.

A newer bundle may change a word, and its log then has a change that says so.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from monitor.bundle.read import Bundle
from monitor.errors import UsageError
from monitor.history.record import reading
from monitor.model.docket import DocketEntry
from monitor.model.evidence import EvidenceEntry
from monitor.store.database import SqlStore
from monitor.store.imports import KnownChange

T = TypeVar("T")
#: Rows for one transaction.
_AT_ONCE = 300
_REMEDY = "it is no later bundle of that log (if an import was interrupted, repeat that first)"


def portions(values: Iterable[T]) -> Iterator[list[T]]:
    """Rows, as many at once as one transaction stores."""
    rest = iter(values)
    while some := list(itertools.islice(rest, _AT_ONCE)):
        yield some


def check_same(store: SqlStore, bundle: Bundle, named: str, known: Sequence[KnownChange]) -> None:
    """Compare it with what is stored. Raises UsageError for the first row with other words."""
    last = _check_links(bundle, {one.number: one.hash for one in known})
    numbers = {one.number for one in known}
    # Of these, one of the two logs knows something later.
    moved = {one.entry_id for one in known if one.number > last}
    for change in bundle.changes():
        if change.row.entry_id and change.row.change_id not in numbers:
            moved.add(named + change.row.entry_id)
    _check_entries(store, bundle, named, moved)
    _check_sightings(store, bundle, named)


def _check_links(bundle: Bundle, known: dict[int, str]) -> int:
    """The last number of their log, of which each row is the one that we know."""
    last = 0
    found = 0
    for last, digest in bundle.links():
        found += last in known
        if known.get(last, digest) != digest:
            raise UsageError(f"chain.tsv: change {last} was imported with another hash: {_REMEDY}")
    if found < sum(number <= last for number in known):
        raise UsageError(f"chain.tsv: a change that was imported before is missing: {_REMEDY}")
    return last


def _check_entries(store: SqlStore, bundle: Bundle, named: str, moved: Collection[str]) -> None:
    for some in portions(bundle.entries()):
        with reading(store) as record:
            found = record.unit.entries.by_id([named + one.entry_id for one in some])
        stored = {one.entry_id: one for one in found}
        for entry in some:
            known = stored.get(named + entry.entry_id)
            is_moved = named + entry.entry_id in moved
            if known and not is_moved and _words(known, "") != _words(entry, named):
                where = f"entries.jsonl: {entry.entry_id}"
                raise UsageError(f"{where} was imported with other words: {_REMEDY}")


def _words(entry: DocketEntry | EvidenceEntry, named: str) -> tuple[object, ...]:
    """What never changes but with a change in the log."""
    into = named + entry.merged_into if entry.merged_into else ""
    words = (entry.text, tuple(entry.event_names), entry.entry_number)
    return (*words, entry.docket_id, entry.is_withdrawn, into)


def _check_sightings(store: SqlStore, bundle: Bundle, named: str) -> None:
    for some in portions(bundle.sightings()):
        with reading(store) as record:
            names = [(named + one.source_id, one.sighting_key) for one in some]
            stored = record.unit.imports.sightings(names)
        for seen in some:
            known = stored.get((named + seen.source_id, seen.sighting_key))
            if known is None or known.changed_at != seen.changed_at:
                continue
            ours = (known.text, known.event_name, known.entry_number)
            if ours != (seen.text, seen.event_name, seen.entry_number):
                where = f"sightings.jsonl: {seen.sighting_key[:80]!r} of {seen.source_id[:80]!r}"
                raise UsageError(f"{where} was imported with other words: {_REMEDY}")
