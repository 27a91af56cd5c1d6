"""What another installation's bundle brought, beside our own, never in its place. Part of a unit.

Its sources and entries bear names of their own, so that no poll joins anything with them: what was
imported keeps no order from being told, and changes no word of ours.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from monitor.model.docket import Docket, DocketEntry
from monitor.model.evidence import EvidenceSighting, imported_name, is_imported
from monitor.model.source import NEVER, Source
from monitor.store import rows, schema
from monitor.store.changes import ChangeLog
from monitor.store.writer import Row, Writer, chunks


@dataclass(frozen=True, slots=True)
class KnownChange:
    """A row of another installation's log that came before."""

    #: In its own log.
    number: int
    hash: str
    entry_id: str


@dataclass(frozen=True, slots=True)
class ImportTable:
    """Adds what is lacking of a bundle."""

    writer: Writer

    def origin(self) -> str:
        """The hash of our first change, which names us; empty where there is none."""
        c = schema.changes
        return (
            self.writer.connection.scalar(sa.select(c.c.hash).order_by(c.c.change_id).limit(1))
            or ""
        )

    def known_changes(self, origin: str, after: int = 0) -> list[KnownChange]:
        """The changes that came from there before; of our log, those behind this number."""
        c = schema.changes
        theirs = c.c.source_id.startswith(imported_name(origin, ""), autoescape=True)
        query = sa.select(c.c.entry_id, c.c.detail).where(theirs, c.c.change_id > after)
        return [
            KnownChange(
                int(row.detail["imported_change"]), row.detail["imported_hash"], row.entry_id or ""
            )
            for row in self.writer.connection.execute(query)
        ]

    def last_change(self) -> int:
        """Where our log ends; nobody else appends to it until this transaction ends."""
        self.writer.connection.execute(sa.select(schema.chain_head).with_for_update())
        return self.writer.connection.scalar(sa.func.max(schema.changes.c.change_id)) or 0

    def here(self, entry_ids: Collection[str]) -> set[str]:
        """Which of these entries are stored."""
        t = schema.entries
        return self.writer.ids(
            sa.select(t.c.entry_id).where(t.c.entry_id.in_(some)) for some in chunks(entry_ids)
        )

    def own_by_key(self, keys: Collection[str]) -> Mapping[str, tuple[str, str]]:
        """Key -> the entry of ours that bears it, and its docket."""
        k, e = schema.entry_keys, schema.entries
        found: dict[str, tuple[str, str]] = {}
        for some in chunks(keys):
            query = sa.select(k.c.key, e.c.entry_id, e.c.docket_id).join(
                e, e.c.entry_id == k.c.entry_id
            )
            for row in self.writer.connection.execute(query.where(k.c.key.in_(some))):
                if not is_imported(row.entry_id):
                    found[row.key] = (row.entry_id, row.docket_id)
        return found

    def add_sources(self, sources: Sequence[Source]) -> None:
        """Sources that nobody asks, and that vouch for nothing."""
        new = [
            rows.source_row(one) | rows.fresh_state_row(NEVER) | {"lease_until": None}
            for one in sources
        ]
        self.writer.add_new(schema.sources, new)

    def add_dockets(self, dockets: Sequence[Docket]) -> None:
        """Dockets that we do not know; of those that we know not a word is changed."""
        self.writer.add_new(schema.dockets, [rows.docket_row(one) for one in dockets])

    def put_entries(self, entries: Sequence[DocketEntry], *, is_newer: bool) -> None:
        """Imported entries: added, and where `is_newer` brought up to date."""
        found = [rows.entry_row(one) for one in entries]
        if is_newer:
            self.writer.upsert(schema.entries, found, "entry_id")
        else:
            self.writer.add_new(schema.entries, found)
        keys = [{"key": key, "entry_id": one.entry_id} for one in entries for key in one.keys]
        self.writer.add_new(schema.entry_keys, keys)
        documents = [rows.document_row(one.entry_id, d) for one in entries for d in one.documents]
        self.writer.add_new(schema.documents, documents)

    def put_sightings(self, seen: Sequence[EvidenceSighting], *, is_newer: bool) -> None:
        """Imported sightings: added, and where `is_newer` brought up to date."""
        found = [_sighting_row(one) for one in seen]
        if is_newer:
            self.writer.upsert(schema.sightings, found, "source_id", "sighting_key")
        else:
            self.writer.add_new(schema.sightings, found)

    def sightings(self, names: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], sa.Row[Any]]:
        """Those stored of these sources and keys."""
        t = schema.sightings
        query = sa.select(t).where(sa.tuple_(t.c.source_id, t.c.sighting_key).in_(names))
        found = self.writer.connection.execute(query) if names else ()
        return {(row.source_id, row.sighting_key): row for row in found}

    def add_changes(self, changes: Sequence[Row]) -> None:
        """Append them to our log: it is extended, and never broken. To be called last."""
        ChangeLog(self.writer).add_rows(changes)


def _sighting_row(seen: EvidenceSighting) -> Row:
    names = EvidenceSighting.__dataclass_fields__
    own = {name: getattr(seen, name) for name in names}
    return own | {"words_hash": "", "docket_id": "", "entry_keys": [], "documents": []}
