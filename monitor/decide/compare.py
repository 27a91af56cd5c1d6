"""Compare a reading with what is known: which entry is this, what changed, what to remember?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain

from monitor.classify.entry import judged
from monitor.diff.assign import Assigned, assign
from monitor.diff.docket import merge_docket, words_hash
from monitor.model.change import EntryChange, EntryRevised, EntryWithdrawn, HeadChange
from monitor.model.docket import Docket, DocketEntry, Sighting
from monitor.model.outcome import Consequences, StoredSighting
from monitor.model.reading import KnownSighting, Memory, Reading


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a reading changes, entry by entry."""

    #: Every entry in question as it stands now, judged where it changed.
    entries: Mapping[str, DocketEntry]
    dockets: Mapping[str, Docket]
    #: What the entries that are to be stored were before; None for new ones.
    before: Mapping[str, DocketEntry | None]
    changes: Mapping[str, tuple[EntryChange, ...]]
    head_changes: tuple[HeadChange, ...]
    changed_dockets: frozenset[str]
    sightings: tuple[StoredSighting, ...]
    rebuilt: tuple[str, ...]

    def is_new(self, entry_id: str) -> bool:
        """Whether this reading is the first to show this entry."""
        return entry_id in self.before and self.before[entry_id] is None

    def consequences(self) -> Consequences:
        """What is to be stored of it."""
        return Consequences(
            dockets=tuple(self.dockets[name] for name in sorted(self.changed_dockets)),
            entries=tuple(self.entries[entry_id] for entry_id in self.before),
            rebuilt=self.rebuilt,
            sightings=self.sightings,
            changes=(*chain.from_iterable(self.changes.values()), *self.head_changes),
        )


@dataclass(slots=True)
class _Draft:
    """A comparison in the making."""

    entries: dict[str, DocketEntry]
    dockets: dict[str, Docket]
    before: dict[str, DocketEntry | None] = field(default_factory=dict)
    changes: dict[str, tuple[EntryChange, ...]] = field(default_factory=dict)
    head_changes: list[HeadChange] = field(default_factory=list)
    changed_dockets: set[str] = field(default_factory=set)
    sightings: list[StoredSighting] = field(default_factory=list)
    rebuilt: list[str] = field(default_factory=list)

    def finished(self) -> Comparison:
        touched = {name: judged(self.entries[name]) for name in self.before}
        return Comparison(
            entries=self.entries | touched,
            dockets=self.dockets,
            before=self.before,
            changes=self.changes,
            head_changes=tuple(self.head_changes),
            changed_dockets=frozenset(self.changed_dockets),
            sightings=tuple(self.sightings),
            rebuilt=tuple(self.rebuilt),
        )


def compare(source_id: str, reading: Reading, memory: Memory, now: datetime) -> Comparison:
    """Everything that this reading changes; nothing that was known is lost."""
    draft = _Draft({entry.entry_id: entry for entry in memory.entries}, dict(memory.dockets))
    for docket in (*_dockets_named(reading, now), *reading.dockets):
        _remember_docket(draft, docket, source_id)
    for assigned in assign(_in_question(source_id, reading, memory, now), draft.entries, now):
        _remember(draft, assigned)
    for entry_id in _withdrawn(reading, memory, draft):
        _mark(draft, entry_id, EntryWithdrawn(entry_id, source_id), is_withdrawn=True)
    for entry_id in _shown_again(reading, memory, draft):
        again = EntryRevised(entry_id, source_id, "is_withdrawn", "withdrawn", "shown again")
        _mark(draft, entry_id, again, is_withdrawn=False)
    return draft.finished()


def _mark(draft: _Draft, entry_id: str, change: EntryChange, *, is_withdrawn: bool) -> None:
    entry = draft.entries[entry_id]
    draft.before.setdefault(entry_id, entry)
    draft.entries[entry_id] = replace(entry, is_withdrawn=is_withdrawn)
    draft.changes[entry_id] = (*draft.changes.get(entry_id, ()), change)


def _shown_again(reading: Reading, memory: Memory, draft: _Draft) -> set[str]:
    """Entries that were withdrawn and that some source shows now, be it in the same words."""
    if reading.is_old:
        return set()
    known = (memory.entry_of(seen.sighting_key) for seen in reading.sightings)
    shown = {*known, *(stored.entry_id for stored in draft.sightings)}
    return {name for name in shown if name in draft.entries and draft.entries[name].is_withdrawn}


def _withdrawn(reading: Reading, memory: Memory, draft: _Draft) -> set[str]:
    """Entries of which the feed shows nothing any more, though it shows older ones.

    One of several events that goes, or one that was edited, leaves the entry where it is.
    """
    if not reading.vanished or reading.window is None:
        return set()
    shown = {memory.entry_of(item.sighting_key) for item in reading.window.shown}
    shown |= {stored.entry_id for stored in draft.sightings}
    gone = {memory.entry_of(key) for key in reading.vanished}
    return {name for name in gone - shown if name in draft.entries}


def _in_question(
    source_id: str, reading: Reading, memory: Memory, now: datetime
) -> list[StoredSighting]:
    """All that is known of the entries in question, and what this reading adds to it."""
    # Feeds print the newest first; a docket sheet reads the other way.
    fresh = list(reversed(fresh_sightings(reading.sightings, memory.known)))
    replaced = {(source_id, seen.sighting_key) for seen in fresh}
    known = [
        stored
        for stored in memory.sightings
        if (stored.sighting.source_id, stored.sighting.sighting_key) not in replaced
    ]
    return known + [
        StoredSighting(seen, memory.entry_of(seen.sighting_key), words_hash(seen), now)
        for seen in fresh
    ]


def _remember(draft: _Draft, assigned: Assigned) -> None:
    name = assigned.entry.entry_id
    draft.sightings += assigned.sightings
    if assigned.entry == assigned.before and not assigned.is_rebuilt:
        return
    draft.entries[name] = assigned.entry
    draft.before[name] = assigned.before
    if assigned.changes:
        draft.changes[name] = assigned.changes
    if assigned.is_rebuilt:
        draft.rebuilt.append(name)


def _dockets_named(reading: Reading, now: datetime) -> list[Docket]:
    named: dict[str, Docket] = {}
    # What an item leaves out, a later one may say.
    for seen in sorted(reading.sightings, key=lambda one: not one.case_name):
        named.setdefault(
            seen.docket_id,
            Docket(
                docket_id=seen.docket_id,
                court_id=seen.court_id,
                docket_number=seen.docket_number,
                case_name=seen.case_name,
                case_name_at=now,
                cl_docket_id=seen.cl_docket_id,
            ),
        )
    return list(named.values())


def _remember_docket(draft: _Draft, seen: Docket, source_id: str) -> None:
    known = draft.dockets.get(seen.docket_id)
    merged, changes = merge_docket(known, seen, source_id)
    draft.head_changes += changes
    if known is None or replace(merged, case_name_at=known.case_name_at) != known:
        draft.dockets[seen.docket_id] = merged
        draft.changed_dockets.add(seen.docket_id)


def fresh_sightings(
    sightings: Iterable[Sighting], known: Mapping[str, KnownSighting]
) -> list[Sighting]:
    """Those whose words are new to us, each once."""
    fresh: dict[tuple[str, str], Sighting] = {}
    for seen in sightings:
        words, before = words_hash(seen), known.get(seen.sighting_key)
        if before is None or before.words_hash != words:
            fresh.setdefault((seen.sighting_key, words), seen)
    return list(fresh.values())
