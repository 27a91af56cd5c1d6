"""Storing what we lack of another installation's bundle: beside our own, and told to nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from monitor.bundle.check import DOCKET_CHANGES, ENTRY_CHANGES
from monitor.bundle.read import Bundle, LoggedChange
from monitor.bundle.same import check_same, portions
from monitor.classify.entry import judged
from monitor.history.record import reading
from monitor.model.docket import Docket, DocketEntry, Document
from monitor.model.evidence import (
    IMPORTED,
    EvidenceDocket,
    EvidenceEntry,
    EvidenceSighting,
    EvidenceSource,
    imported_name,
)
from monitor.model.source import Source
from monitor.normalize.text import plain_url
from monitor.sources.registry import traits_of
from monitor.store.database import SqlStore
from monitor.store.unit import SqlUnit
from monitor.store.writer import Row

#: Of the first hash of their log: whoever would bear another's name must find such a hash.
_ORIGIN_SIGNS = 32
#: What happened on dockets. Holes in what their sources saw are no holes of ours, nor filled by it.
_TAKEN = ENTRY_CHANGES.keys() | DOCKET_CHANGES.keys()


@dataclass(frozen=True, slots=True)
class Imported:
    """What a bundle brought, or would bring."""

    case_id: str
    case_label: str
    #: What its sources and entries begin with here.
    origin: str
    head: str
    #: It is a bundle of this very installation: there is nothing to be added.
    is_own: bool
    is_done: bool
    #: Entries that are new here; those that a source of ours showed, too; those imported before.
    entries: int
    entries_of_ours: int
    entries_known: int
    sightings: int
    changes: int


def take_in(store: SqlStore, bundle: Bundle, now: datetime, *, dry_run: bool = False) -> Imported:
    """Store what we lack; with `dry_run` only say what that is.

    In portions, each a transaction of its own, so that whoever polls is not kept waiting. What was
    interrupted is completed when it is repeated. Raises UsageError, before anything is stored,
    where the bundle tells otherwise of what came from there before.
    """
    told = bundle.manifest
    named = imported_name(told.origin[:_ORIGIN_SIGNS], "")
    with reading(store) as record:
        is_own = record.unit.imports.origin() == told.origin
        known = record.unit.imports.known_changes(told.origin[:_ORIGIN_SIGNS])
    counts = (0, 0, 0, 0, 0)
    if not is_own:
        check_same(store, bundle, named, known)
        counts = _Taking(store, bundle, now, {one.number for one in known}, dry_run).all()
    return Imported(told.case_id, told.case_label, named, told.head, is_own, not dry_run, *counts)


@dataclass(slots=True)
class _Taking:
    store: SqlStore
    bundle: Bundle
    now: datetime
    #: The numbers, in their log, of what came before.
    known: set[int]
    dry_run: bool
    #: Their entry -> what it is called here.
    names: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return self.bundle.manifest.origin[:_ORIGIN_SIGNS]

    def named(self, name: str) -> str:
        return imported_name(self.origin, name)

    def all(self) -> tuple[int, int, int, int, int]:
        fresh = [one for one in self.bundle.changes() if one.row.change_id not in self.known]
        # An older bundle than one that came before takes no word back.
        is_newer = not self.known or bool(fresh)
        for sources in portions(self.bundle.sources()):
            self._write(partial(_add_sources, list(map(self._source, sources))))
        for dockets in portions(self.bundle.dockets()):
            self._write(partial(_add_dockets, list(map(self._docket, dockets))))
        new, ours, before = self._entries(is_newer=is_newer)
        seen = self._sightings(is_newer=is_newer)
        # Last: while a change is lacking, a repeated import brings everything up to date.
        changes = [one for one in fresh if one.row.kind in _TAKEN]
        self._changes(changes)
        return new, ours, before, seen, len(changes)

    def _write(self, work: Callable[[SqlUnit], object]) -> None:
        """One transaction, after which others have their turn."""
        if not self.dry_run:
            with self.store.begin() as unit:
                work(unit)
            self.store.give_way()

    def _source(self, one: EvidenceSource) -> Source:
        return Source(
            source_id=self.named(one.source_id),
            traits=traits_of("imported"),
            url="",
            every=timedelta(days=1),
            name=f"{one.name or one.source_id} (imported)",
            court_id=one.court_id,
            origin="import",
            enabled=False,
        )

    def _docket(self, one: EvidenceDocket) -> Docket:
        # By this mark a poll knows that no source of ours has shown the docket yet.
        return Docket(
            one.docket_id, one.court_id, one.docket_number, one.case_name, assigned_to=IMPORTED
        )

    def _entries(self, *, is_newer: bool) -> tuple[int, int, int]:
        new = ours = before = 0
        for some in portions(self.bundle.entries()):
            with reading(self.store) as record:
                stored = record.unit.imports
                here = stored.here({self.named(one.entry_id) for one in some})
                own = stored.own_by_key({key for one in some for key in one.keys})
            taken = []
            for one in some:
                name = self.named(one.entry_id)
                known = "" if name in here else _own_entry(one, own)
                self.names[one.entry_id] = known or name
                if not known:
                    taken.append(self._entry(one))
                ours, before = ours + bool(known), before + (name in here)
            new += sum(one.entry_id not in here for one in taken)
            self._write(partial(_put_entries, taken, is_newer=is_newer))
        return new, ours, before

    def _entry(self, one: EvidenceEntry) -> DocketEntry:
        documents = (
            Document(
                doc.document_id,
                doc.number,
                doc.attachment_number,
                doc.description,
                plain_url(doc.url),
                doc.is_available,
                doc.is_sealed,
            )
            for doc in one.documents
            if doc.document_id
        )
        entry = DocketEntry(
            entry_id=self.named(one.entry_id),
            docket_id=one.docket_id,
            entry_number=one.entry_number,
            event_names=one.event_names,
            text=one.text,
            date_filed=one.date_filed,
            published_at=one.published_at,
            first_seen_at=one.first_seen_at,
            url=plain_url(one.url),
            documents=tuple({doc.document_id: doc for doc in documents}.values()),
            keys=tuple(self.named(key) for key in one.keys),
            possible_duplicate_of=self.named(one.possible_duplicate_of)
            if one.possible_duplicate_of
            else "",
            is_withdrawn=one.is_withdrawn,
            merged_into=self.named(one.merged_into) if one.merged_into else "",
        )
        return judged(entry)

    def _sightings(self, *, is_newer: bool) -> int:
        count = 0
        for some in portions(self.bundle.sightings()):
            seen = [
                replace(
                    one,
                    source_id=self.named(one.source_id),
                    entry_id=self.names[one.entry_id],
                    url=plain_url(one.url),
                )
                for one in some
            ]
            with reading(self.store) as record:
                names = [(one.source_id, one.sighting_key) for one in seen]
                count += len(seen) - len(record.unit.imports.sightings(names))
            self._write(partial(_put_sightings, seen, is_newer=is_newer))
        return count

    def _changes(self, changes: Sequence[LoggedChange]) -> None:
        last = 0
        for some in portions(changes):
            if self.dry_run:
                return
            with self.store.begin() as unit:
                end = unit.imports.last_change()
                # Somebody else may import the same bundle meanwhile.
                self.known |= {one.number for one in unit.imports.known_changes(self.origin, last)}
                new = [one for one in some if one.row.change_id not in self.known]
                unit.imports.add_changes(list(map(self._change, new)))
            last = end
            self.store.give_way()

    def _change(self, one: LoggedChange) -> Row:
        row = one.row
        said = {
            "imported_at": self.now.isoformat(),
            "imported_change": str(row.change_id),
            "imported_hash": one.hash,
        }
        return {
            "at": row.at,
            "kind": row.kind,
            "source_id": self.named(row.source_id),
            "entry_id": self.names.get(row.entry_id, self.named(row.entry_id))
            if row.entry_id
            else None,
            "docket_id": row.docket_id,
            "detail": row.detail | said,
        }


def _own_entry(one: EvidenceEntry, own: Mapping[str, tuple[str, str]]) -> str:
    """The entry of ours that bears one of its keys, on its docket; empty for none."""
    found = (own[key] for key in one.keys if key in own)
    return next((name for name, docket_id in found if docket_id == one.docket_id), "")


def _add_sources(sources: Sequence[Source], unit: SqlUnit) -> None:
    unit.imports.add_sources(sources)


def _add_dockets(dockets: Sequence[Docket], unit: SqlUnit) -> None:
    unit.imports.add_dockets(dockets)


def _put_entries(entries: Sequence[DocketEntry], unit: SqlUnit, *, is_newer: bool) -> None:
    unit.imports.put_entries(entries, is_newer=is_newer)


def _put_sightings(seen: Sequence[EvidenceSighting], unit: SqlUnit, *, is_newer: bool) -> None:
    unit.imports.put_sightings(seen, is_newer=is_newer)
