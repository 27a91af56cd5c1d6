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

from monitor.model.docket import DocketEntry, Document, Sighting

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
    return _best_by_words(rivals, seen)


def _best_by_words(rivals: Iterable[DocketEntry], seen: Sighting) -> tuple[DocketEntry | None, str]:
    """The one entry whose words fit best; where two fit as well, neither."""
    scored = [(score, entry) for entry in rivals if (score := _words_fit(entry, seen))]
    if not scored:
        return None, ""
    best = max(score for score, _ in scored)
    fitting = [entry for score, entry in scored if score == best]
    return (fitting[0], "") if len(fitting) == 1 else (None, fitting[0].entry_id)


def _keys_conflict(entry: DocketEntry, seen: Sighting) -> bool:
    """Both carry a key of the same scheme, or a main document, and they differ: two entries."""
    theirs = {_scheme(key) for key in entry.keys}
    if any(_scheme(key) in theirs and key not in entry.keys for key in seen.entry_keys):
        return True
    ours, other = _main_documents(entry.documents), _main_documents(seen.documents)
    return bool(ours and other and not ours & other)


def _main_documents(documents: Iterable[Document]) -> set[str]:
    """PACER's ids of main documents; ids of CourtListener's files say nothing of the entry."""
    return {
        d.document_id for d in documents if not d.attachment_number and d.document_id.isdecimal()
    }


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


def _words_fit(entry: DocketEntry, seen: Sighting) -> int:
    """How well two views fit that share no key, number or document; 0 where they do not.

    5 the same text; 4 and 3 the same event name, or a stub and a text that begins with it, on the
    same day or the next; 2 a stub whose telling words all stand at the head of the text.
    """
    days = _days_apart(entry, seen)
    if days is None or days > 1:
        return 0
    if entry.text and seen.text:
        return 5 if _words(entry.text) == _words(seen.text) else 0
    if seen.source_id in entry.source_ids:
        return 0
    if not (entry.entry_number is None and seen.entry_number is None):
        # A feed does not number what has no document; a docket sheet may. But a number beside a
        # document would stand in the feed, too.
        is_numbered_twice = None not in (entry.entry_number, seen.entry_number)
        if is_numbered_twice or _main_documents((*entry.documents, *seen.documents)):
            return 0
    if seen.event_name and seen.event_name in entry.event_names:
        return 4 - days
    text = entry.text or seen.text
    events = (seen.event_name,) if entry.text else entry.event_names
    return max((_tells(text, event, days) for event in events if event), default=0)


def _days_apart(entry: DocketEntry, seen: Sighting) -> int | None:
    if entry.date_filed is None or seen.date_filed is None:
        return None
    return abs((entry.date_filed - seen.date_filed).days)


def _tells(text: str, event_name: str, days: int) -> int:
    """Whether a text may be what an event name abbreviates."""
    have, event = _words(text[:400]), _words(event_name)
    if not event or not have:
        return 0
    if have[: len(event)] == event:
        return 4 - days
    wanted = [word for word in event if word not in _THIN]
    # "MINUTE ORDER granting …" is told by ".Order"; a single word deeper in the text tells nothing.
    within = have if len(wanted) > 1 else have[:4]
    is_told = bool(wanted) and set(wanted) <= set(within)
    return 2 if is_told and days == 0 else 0


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
