"""Compare a reading with what is known: which entry is this, what changed, what to remember?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.diff.docket import filed, merge_docket, merge_entry, new_entry, words_hash
from monitor.diff.join import EntryIndex, find_entry, make_index
from monitor.model.change import Change
from monitor.model.docket import Docket, DocketEntry, Sighting
from monitor.model.outcome import StoredSighting
from monitor.ports import Memory, Reading


@dataclass
class Findings:
    """What a reading changes, gathered entry by entry."""

    index: EntryIndex
    dockets: dict[str, Docket]
    sightings: list[StoredSighting] = field(default_factory=list)
    before: dict[str, DocketEntry | None] = field(default_factory=dict)
    changes: dict[str, list[Change]] = field(default_factory=dict)
    docket_changes: list[Change] = field(default_factory=list)
    changed_dockets: set[str] = field(default_factory=set)

    def every_change(self) -> list[Change]:
        of_entries = [change for changes in self.changes.values() for change in changes]
        return [*of_entries, *self.docket_changes]


def compare(source_id: str, reading: Reading, memory: Memory, now: datetime) -> Findings:
    """Everything that this reading changes; nothing that was known is lost."""
    found = Findings(make_index(memory.entries), dict(memory.dockets))
    for docket in (*_dockets_named(reading, now), *reading.dockets):
        _remember_docket(found, docket, source_id)
    # Feeds print the newest first; a docket sheet reads the other way.
    for seen in reversed(fresh_sightings(reading.sightings, memory.sightings)):
        _remember_sighting(found, seen, now)
    return found


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


def _remember_sighting(found: Findings, seen: Sighting, now: datetime) -> None:
    known, rival = find_entry(found.index, seen)
    if known is None and seen.is_supplement:
        return  # its entry is not known yet, and will bring the same words when it comes
    if known is None:
        entry = new_entry(seen, now, rival)
        changes: tuple[Change, ...] = (filed(entry, seen.source_id),)
    else:
        entry, changes = merge_entry(known, seen)
    found.sightings.append(StoredSighting(seen, entry.entry_id, words_hash(seen), now))
    if known is None or entry != known:
        # What further items of this poll add to a new entry is part of its filing.
        is_new = found.before.setdefault(entry.entry_id, known) is None
        if known is None or not is_new:
            found.changes.setdefault(entry.entry_id, []).extend(changes)
        found.index.put(entry)


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
