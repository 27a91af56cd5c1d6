"""What the rows of a bundle say must fit together: everything that a reader of ours relies on.

A row that was stored stays: the log is never changed. So nothing comes in that would mislead later.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, get_args

from monitor.errors import UsageError
from monitor.model.change import DocketChange, EntryChange, EntryRevised, GapClosed, GapOpened
from monitor.model.court import courts

if TYPE_CHECKING:
    from monitor.bundle.read import Bundle, ChangeRow
    from monitor.model.evidence import EvidenceDocket, EvidenceEntry

_ENTRY_ID = re.compile(r"[\w.-]{1,80}", re.ASCII)
_NUMBER = re.compile(r"(?:[0-9]{1,18})?")
_LONGEST_SOURCE = 400
#: Nobody watched a docket before; and no two clocks are further apart.
_BEGINNING, _AHEAD = datetime(1990, 1, 1, tzinfo=UTC), timedelta(days=1)
#: Of a revised entry: its words, and which other entry it turned out to be.
_WORDS = frozenset({"event_names", "text", "entry_number", "is_withdrawn"})
_OTHER_ENTRY = frozenset({"merged_into", "same_as"})


def _said_by(
    *kinds: type[EntryChange | DocketChange | GapOpened | GapClosed],
) -> Mapping[str, frozenset[str]]:
    """Kind -> what the log says of such a change besides what it is about."""
    about = {"source_id", "entry_id", "docket_id", "kind"}
    return {
        str(kind.__dataclass_fields__["kind"].default): frozenset(
            one.name for one in fields(kind) if one.name not in about
        )
        for kind in kinds
    }


#: What happened on dockets; holes in what sources saw are told of none.
ENTRY_CHANGES = _said_by(*get_args(EntryChange))
DOCKET_CHANGES = _said_by(*get_args(DocketChange))
_KINDS = {**ENTRY_CHANGES, **DOCKET_CHANGES, **_said_by(GapOpened, GapClosed)}
_REVISED = str(EntryRevised.__dataclass_fields__["kind"].default)


def check_record(bundle: Bundle, now: datetime) -> None:
    """Every row is a value, and what it names is in the bundle. Raises UsageError for the first."""
    sources = {one.source_id for one in bundle.sources()}
    if too_long := next((one for one in sources if len(one.encode()) > _LONGEST_SOURCE), ""):
        raise UsageError(f"sources.jsonl: {too_long[:80]!r}… is too long for a name")
    dockets = {one.docket_id for one in bundle.dockets() if _is_docket(one)}
    check = _Check(now, sources, dockets, {})
    check.entries(bundle)
    check.sightings(bundle)
    for number, poll in enumerate(bundle.polls(), 1):
        check.moment(f"polls.jsonl, line {number}: at", poll.at)
    for change in bundle.changes():
        check.change(f"changes.tsv: change {change.row.change_id}", change.row)


def _is_docket(one: EvidenceDocket) -> bool:
    if one.court_id not in courts():
        raise UsageError(f"dockets.jsonl: no court is called {one.court_id[:80]!r} here")
    if one.docket_id != f"{one.court_id}/{one.docket_number}":
        raise UsageError(f"dockets.jsonl: {one.docket_id[:80]!r} is not named by court and number")
    return True


@dataclass(slots=True)
class _Check:
    """What was read of a bundle, so far as later rows refer to it."""

    now: datetime
    sources: Collection[str]
    dockets: Collection[str]
    #: Entry -> the one that it turned out to be; empty for itself.
    merged: dict[str, str]

    def moment(self, where: str, at: datetime) -> None:
        """When they saw something; what a court says of times is the court's."""
        if not _BEGINNING <= at <= self.now + _AHEAD:
            raise UsageError(f"{where}: nobody can have seen anything at {at.isoformat()}")

    # --- entries ---

    def entries(self, bundle: Bundle) -> None:
        for entry in bundle.entries():
            self._entry(entry)
        for entry in bundle.entries():
            where = f"entries.jsonl: {entry.entry_id}"
            rival = entry.possible_duplicate_of
            if rival and (rival not in self.merged or rival == entry.entry_id):
                raise UsageError(f"{where}: possible_duplicate_of names no other entry")
            if entry.merged_into and entry.merged_into not in self.merged:
                raise UsageError(f"{where}: merged_into names no other entry")
        self._check_ends()

    def _entry(self, entry: EvidenceEntry) -> None:
        if entry.entry_id in self.merged or not _ENTRY_ID.fullmatch(entry.entry_id):
            raise UsageError(f"entries.jsonl: {entry.entry_id[:80]!r} is twice there, or no name")
        if entry.docket_id not in self.dockets:
            raise UsageError(f"entries.jsonl: {entry.entry_id}: its docket is not in dockets.jsonl")
        self.moment(f"entries.jsonl: {entry.entry_id}: first_seen_at", entry.first_seen_at)
        self.merged[entry.entry_id] = entry.merged_into

    def _check_ends(self) -> None:
        """Whoever follows `merged_into` arrives somewhere."""
        arrived: set[str] = set()
        for entry_id in self.merged:
            name, way = entry_id, set[str]()
            while name and name not in arrived:
                if name in way:
                    raise UsageError(f"entries.jsonl: {name}: merged_into leads back to itself")
                way.add(name)
                name = self.merged[name]
            arrived |= way

    def sightings(self, bundle: Bundle) -> None:
        known: set[tuple[str, str]] = set()
        for seen in bundle.sightings():
            named = f"sightings.jsonl: {seen.source_id[:80]!r} of {seen.entry_id[:80]!r}"
            if seen.entry_id not in self.merged or seen.source_id not in self.sources:
                raise UsageError(f"{named}: its entry or source is not in the bundle")
            if (seen.source_id, seen.sighting_key) in known:
                raise UsageError(f"{named}: {seen.sighting_key[:80]!r} is twice there")
            known.add((seen.source_id, seen.sighting_key))
            self.moment(f"{named}: first_seen_at", seen.first_seen_at)
            self.moment(f"{named}: changed_at", seen.changed_at)

    # --- the change log ---

    def change(self, where: str, row: ChangeRow) -> None:
        """A change that can be read, and undone, by what it says."""
        self.moment(f"{where}: at", row.at)
        if row.kind not in _KINDS:
            raise UsageError(f"{where}: no change of a docket is called {row.kind[:80]!r}")
        if not row.detail.keys() <= _KINDS[row.kind]:
            raise UsageError(f"{where}: a change of kind {row.kind} says no such thing")
        self._check_subject(where, row)
        if row.kind == _REVISED:
            self._check_revision(where, row)

    def _check_subject(self, where: str, row: ChangeRow) -> None:
        entry = {row.entry_id} - {None}
        docket = {row.docket_id} - {None}
        if bool(entry) != (row.kind in ENTRY_CHANGES) or not entry <= self.merged.keys():
            raise UsageError(f"{where}: entry_id names no entry of the bundle")
        if bool(docket) != (row.kind in DOCKET_CHANGES) or not docket <= set(self.dockets):
            raise UsageError(f"{where}: docket_id names no docket of the bundle")

    def _check_revision(self, where: str, row: ChangeRow) -> None:
        field = row.detail.get("field", "")
        before, after = row.detail.get("before", ""), row.detail.get("after", "")
        if field not in _WORDS | _OTHER_ENTRY:
            raise UsageError(f"{where}: no word of an entry is called {field[:80]!r}")
        if field == "entry_number" and not (_NUMBER.fullmatch(before) and _NUMBER.fullmatch(after)):
            raise UsageError(f"{where}: before and after of entry_number must be numbers")
        if field in _OTHER_ENTRY and after not in self.merged:
            raise UsageError(f"{where}: {field} names no entry of the bundle")
