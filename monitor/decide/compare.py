"""Compare a reading with what is known: which entry is this, what changed, what to remember?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.diff.assign import Placed, place
from monitor.diff.docket import merge_docket, words_hash
from monitor.model.change import Change, EntryRevised, EntryWithdrawn
from monitor.model.docket import Docket, DocketEntry, Sighting
from monitor.model.outcome import StoredSighting
from monitor.ports import Memory, Reading


@dataclass
class Findings:
    """What a reading changes, gathered entry by entry."""

    entries: dict[str, DocketEntry]
    dockets: dict[str, Docket]
    sightings: list[StoredSighting] = field(default_factory=list)
    before: dict[str, DocketEntry | None] = field(default_factory=dict)
    changes: dict[str, list[Change]] = field(default_factory=dict)
    rebuilt: list[str] = field(default_factory=list)
    docket_changes: list[Change] = field(default_factory=list)
    changed_dockets: set[str] = field(default_factory=set)

    @property
    def touched(self) -> list[str]:
        """The entries that are to be stored."""
        return list(self.before)

    def every_change(self) -> list[Change]:
        of_entries = [change for changes in self.changes.values() for change in changes]
        return [*of_entries, *self.docket_changes]


def compare(source_id: str, reading: Reading, memory: Memory, now: datetime) -> Findings:
    """Everything that this reading changes; nothing that was known is lost."""
    entries = {entry.entry_id: entry for entry in memory.entries}
    found = Findings(entries, dict(memory.dockets))
    for docket in (*_dockets_named(reading, now), *reading.dockets):
        _remember_docket(found, docket, source_id)
    for placed in place(_views(source_id, reading, memory, now), entries, now):
        _remember(found, placed)
    for entry_id in _withdrawn(reading, memory, found):
        _mark(found, entry_id, EntryWithdrawn(entry_id, source_id), is_withdrawn=True)
    for entry_id in _shown_again(reading, memory, found):
        again = EntryRevised(entry_id, source_id, "is_withdrawn", "withdrawn", "shown again")
        _mark(found, entry_id, again, is_withdrawn=False)
    return found


def _mark(found: Findings, entry_id: str, change: Change, *, is_withdrawn: bool) -> None:
    entry = found.entries[entry_id]
    found.before.setdefault(entry_id, entry)
    found.entries[entry_id] = replace(entry, is_withdrawn=is_withdrawn)
    found.changes.setdefault(entry_id, []).append(change)


def _shown_again(reading: Reading, memory: Memory, found: Findings) -> set[str]:
    """Entries that were withdrawn and that some source shows now, be it in the same words."""
    if reading.is_old:
        return set()
    known = (memory.sightings.get(s.sighting_key, ("", ""))[0] for s in reading.sightings)
    shown = {*known, *(view.entry_id for view in found.sightings)}
    return {name for name in shown if name in found.entries and found.entries[name].is_withdrawn}


def _withdrawn(reading: Reading, memory: Memory, found: Findings) -> set[str]:
    """Entries of which the feed shows nothing any more, though it shows older ones.

    One of several events that goes, or one that was edited, leaves the entry where it is.
    """
    if not reading.vanished or reading.window is None:
        return set()
    shown = {
        memory.sightings[key][0] for _, key, _ in reading.window.kept if key in memory.sightings
    }
    shown |= {view.entry_id for view in found.sightings}
    gone = {memory.sightings[key][0] for key in reading.vanished if key in memory.sightings}
    return {name for name in gone - shown if name in found.entries}


def _views(source_id: str, reading: Reading, memory: Memory, now: datetime) -> list[StoredSighting]:
    """All that is known of the entries in question, and what this reading adds to it."""
    # Feeds print the newest first; a docket sheet reads the other way.
    fresh = list(reversed(fresh_sightings(reading.sightings, memory.sightings)))
    replaced = {(source_id, seen.sighting_key) for seen in fresh}
    known = [
        view
        for view in memory.views
        if (view.sighting.source_id, view.sighting.sighting_key) not in replaced
    ]
    return known + [
        StoredSighting(
            seen, memory.sightings.get(seen.sighting_key, ("", ""))[0], words_hash(seen), now
        )
        for seen in fresh
    ]


def _remember(found: Findings, placed: Placed) -> None:
    name = placed.entry.entry_id
    found.sightings += placed.views
    if placed.entry == placed.before and not placed.is_rebuilt:
        return
    found.entries[name] = placed.entry
    found.before[name] = placed.before
    if placed.changes:
        found.changes[name] = list(placed.changes)
    if placed.is_rebuilt:
        found.rebuilt.append(name)


def _dockets_named(reading: Reading, now: datetime) -> list[Docket]:
    named: dict[str, Docket] = {}
    for seen in reading.sightings:
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


def _remember_docket(found: Findings, seen: Docket, source_id: str) -> None:
    known = found.dockets.get(seen.docket_id)
    merged, changes = merge_docket(known, seen, source_id)
    found.docket_changes += changes
    if known is None or replace(merged, case_name_at=known.case_name_at) != known:
        found.dockets[seen.docket_id] = merged
        found.changed_dockets.add(seen.docket_id)


def fresh_sightings(
    sightings: Iterable[Sighting], known: Mapping[str, tuple[str, str]]
) -> list[Sighting]:
    """Those whose words are new to us, each once."""
    fresh: dict[tuple[str, str], Sighting] = {}
    for seen in sightings:
        words = words_hash(seen)
        if known.get(seen.sighting_key, ("", ""))[1] != words:
            fresh.setdefault((seen.sighting_key, words), seen)
    return list(fresh.values())
