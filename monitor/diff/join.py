"""Which entry is this a sighting of? Cautious: never merge on a guess.

In this order: a key of the court that names one entry (case id and sequence number, part id,
CourtListener's row); the same printed number on the same docket; the same document on the same
docket; and for an entry that one side does not number, the same words or a stub and its text
within a day, where exactly one entry fits. PACER's own keys, where both sides have them and
they differ, forbid a join whatever else agrees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from monitor.model.docket import DocketEntry, Sighting

_DAY = timedelta(days=1)
#: Words that say nothing about which filing it is.
_THIN = frozenset(
    ["a", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to", "with", "re", "as", "at"]
)
_WORD = re.compile(r"[a-z0-9]+")


@dataclass
class EntryIndex:
    """The known entries, by everything that may name one."""

    by_id: dict[str, DocketEntry] = field(default_factory=dict)
    by_key: dict[str, str] = field(default_factory=dict)
    by_docket: dict[str, list[str]] = field(default_factory=dict)

    def put(self, entry: DocketEntry) -> None:
        """Add an entry, or replace what was known of it."""
        if entry.entry_id not in self.by_id:
            self.by_docket.setdefault(entry.docket_id, []).append(entry.entry_id)
        self.by_id[entry.entry_id] = entry
        for key in entry.keys:
            self.by_key[key] = entry.entry_id

    def on_docket(self, docket_id: str) -> Iterable[DocketEntry]:
        return (self.by_id[entry_id] for entry_id in self.by_docket.get(docket_id, ()))


def make_index(entries: Iterable[DocketEntry]) -> EntryIndex:
    index = EntryIndex()
    for entry in entries:
        index.put(entry)
    return index


def find_entry(index: EntryIndex, seen: Sighting) -> tuple[DocketEntry | None, str]:
    """The entry this sighting is of, or None for a new one.

    The second value names an entry that it may be, where more than one fits.
    """
    for key in seen.entry_keys:
        if key in index.by_key:
            return index.by_id[index.by_key[key]], ""
    rivals = [e for e in index.on_docket(seen.docket_id) if not _keys_conflict(e, seen)]
    for same in (_same_number, _same_document):
        fitting = [entry for entry in rivals if same(entry, seen)]
        if len(fitting) == 1:
            return fitting[0], ""
        if fitting:
            return None, fitting[0].entry_id
    fitting = [entry for entry in rivals if _same_words(entry, seen)]
    if len(fitting) == 1:
        return fitting[0], ""
    return None, fitting[0].entry_id if fitting else ""


def _keys_conflict(entry: DocketEntry, seen: Sighting) -> bool:
    """Both carry a key of the same scheme, and the keys differ: two entries for certain."""
    theirs = {_scheme(key) for key in entry.keys}
    return any(_scheme(key) in theirs and key not in entry.keys for key in seen.entry_keys)


def _scheme(key: str) -> str:
    """`dcd:seq` of `dcd:seq:225292:377`; schemes without a sequence name no entry for certain."""
    court, scheme, *_ = key.split(":", 2)
    return f"{court}:{scheme}" if scheme in {"seq", "part", "case"} else key


def _same_number(entry: DocketEntry, seen: Sighting) -> bool:
    return seen.entry_number is not None and entry.entry_number == seen.entry_number


def _same_document(entry: DocketEntry, seen: Sighting) -> bool:
    if None not in (entry.entry_number, seen.entry_number):
        return False  # numbers that differ outrank a shared document
    ours = {doc.document_id for doc in entry.documents if not doc.attachment_number}
    return any(doc.document_id in ours for doc in seen.documents if not doc.attachment_number)


def _same_words(entry: DocketEntry, seen: Sighting) -> bool:
    """An unnumbered view from another source, within a day, in the same or in fuller words."""
    if None not in (entry.entry_number, seen.entry_number):
        return False
    if seen.source_id in entry.source_ids or not _within_a_day(entry, seen):
        return False
    stub_events = entry.event_names or ((seen.event_name,) if seen.event_name else ())
    texts = [text for text in (entry.text, seen.text) if text]
    if entry.text and seen.text:
        return _words(entry.text) == _words(seen.text)
    if entry.event_names and seen.event_name and seen.event_name in entry.event_names:
        return True
    return any(_tells(text, event) for text in texts for event in stub_events)


def _within_a_day(entry: DocketEntry, seen: Sighting) -> bool:
    if entry.date_filed is None or seen.date_filed is None:
        return False
    return abs(entry.date_filed - seen.date_filed) <= _DAY


def _tells(text: str, event_name: str) -> bool:
    """Whether a text may be what an event name abbreviates: it holds every telling word."""
    wanted = [word for word in _words(event_name) if word not in _THIN]
    have = set(_words(text))
    return bool(wanted) and all(word in have for word in wanted)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
