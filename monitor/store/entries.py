"""Dockets, their entries, and the sightings that these are made of. One part of a unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.model.docket import Docket, DocketEntry, Document, Judgement, Sighting
from monitor.model.evidence import is_imported
from monitor.model.outcome import Consequences, StoredSighting
from monitor.model.reading import KnownSighting
from monitor.store import rows, schema
from monitor.store.watches import covers
from monitor.store.writer import Writer, chunks, is_own

_DAY = timedelta(days=1)
#: Words join entries a day apart; whether they do depends on what else is near to either.
_NEAR = range(-3, 4)


@dataclass(frozen=True, slots=True)
class EntryTable:
    """See `ports.Entries`, which this keeps for SQLite and PostgreSQL alike."""

    writer: Writer

    # --- what a poll must be compared with ---

    def known(self, source_id: str, keys: Collection[str]) -> Mapping[str, KnownSighting]:
        t = schema.sightings
        found: dict[str, KnownSighting] = {}
        for some in chunks(set(keys)):
            query = sa.select(t.c.sighting_key, t.c.entry_id, t.c.words_hash).where(
                t.c.source_id == source_id, t.c.sighting_key.in_(some)
            )
            for row in self._execute(query):
                found[row.sighting_key] = KnownSighting(row.entry_id, row.words_hash)
        return found

    def like(self, sightings: Sequence[Sighting]) -> Sequence[DocketEntry]:
        ids = self._ids_by_key({key for seen in sightings for key in seen.entry_keys})
        ids |= self._ids_by_number(sightings)
        ids |= self._ids_by_document(sightings)
        ids |= self._ids_by_day(sightings)
        # What was imported must keep nothing from being told.
        return self.by_id({one for one in ids if not is_imported(one)})

    def _ids_by_key(self, keys: Collection[str]) -> set[str]:
        t = schema.entry_keys
        return self.writer.ids(
            sa.select(t.c.entry_id).where(t.c.key.in_(some)) for some in chunks(keys)
        )

    def _ids_by_number(self, sightings: Sequence[Sighting]) -> set[str]:
        numbered = [seen for seen in sightings if seen.entry_number is not None]
        numbers = {seen.entry_number for seen in numbered}
        return self._ids_on_dockets(numbered, schema.entries.c.entry_number, numbers)

    def _ids_by_document(self, sightings: Sequence[Sighting]) -> set[str]:
        t = schema.documents
        wanted = {doc.document_id for seen in sightings for doc in seen.documents}
        return self.writer.ids(
            sa.select(t.c.entry_id).where(t.c.document_id.in_(some)) for some in chunks(wanted)
        )

    def _ids_by_day(self, sightings: Sequence[Sighting]) -> set[str]:
        """Entries of the same docket near a sighting: those it may be, and those that these may."""
        dated = [seen for seen in sightings if seen.date_filed is not None]
        days = {seen.date_filed + n * _DAY for seen in dated for n in _NEAR if seen.date_filed}
        return self._ids_on_dockets(dated, schema.entries.c.date_filed, days)

    def _ids_on_dockets(
        self, sightings: Sequence[Sighting], column: sa.Column[Any], values: Collection[Any]
    ) -> set[str]:
        """A few more than asked for (any value on any docket), in few statements."""
        t = schema.entries
        return self.writer.ids(
            sa.select(t.c.entry_id).where(
                t.c.docket_id.in_(dockets), column.in_(some), t.c.merged_into == ""
            )
            for dockets in chunks({seen.docket_id for seen in sightings})
            for some in chunks(values)
        )

    def by_id(self, ids: Collection[str]) -> list[DocketEntry]:
        """These entries with their keys, documents and sources, in the order of their ids."""
        found: list[DocketEntry] = []
        t = schema.entries
        for some in chunks(ids):
            mains = self._execute(sa.select(t).where(t.c.entry_id.in_(some)).order_by(t.c.entry_id))
            keys = self._column_of(schema.entry_keys, some, "key")
            seen_by = {
                entry_id: [one for one in names if is_imported(one) == is_imported(entry_id)]
                for entry_id, names in self._column_of(schema.sightings, some, "source_id").items()
            }
            documents = self._documents_of(some)
            found += [
                rows.to_entry(
                    row,
                    keys.get(row.entry_id, ()),
                    seen_by.get(row.entry_id, ()),
                    documents.get(row.entry_id, ()),
                )
                for row in mains
            ]
        return found

    def _column_of(
        self, table: sa.Table, ids: Sequence[str], column: str
    ) -> Mapping[str, list[str]]:
        value = table.c[column]
        query = (
            sa.select(table.c.entry_id, value)
            .distinct()
            .where(table.c.entry_id.in_(ids))
            .order_by(table.c.entry_id, value)
        )
        return rows.gathered(self._execute(query), "entry_id", column)

    def _documents_of(self, ids: Sequence[str]) -> Mapping[str, list[Document]]:
        t = schema.documents
        found: dict[str, list[Document]] = {}
        query = sa.select(t).where(t.c.entry_id.in_(ids)).order_by(t.c.document_id)
        for row in self._execute(query):
            found.setdefault(row.entry_id, []).append(rows.to_document(row))
        return found

    def sightings_of(self, entries: Sequence[DocketEntry]) -> Sequence[StoredSighting]:
        named = {entry.entry_id: entry for entry in entries}
        t = schema.sightings
        found: list[StoredSighting] = []
        for some in chunks(named):
            query = sa.select(t).where(t.c.entry_id.in_(some), is_own(t.c.source_id))
            query = query.order_by(t.c.first_seen_at, t.c.source_id, t.c.sighting_key)
            found += [rows.to_sighting(row, named[row.entry_id]) for row in self._execute(query)]
        return found

    def met_dockets(self, docket_ids: Collection[str]) -> Mapping[str, Docket]:
        found = self.dockets(docket_ids)
        return {name: one for name, one in found.items() if not is_imported(one.assigned_to)}

    def dockets(self, docket_ids: Collection[str]) -> Mapping[str, Docket]:
        t = schema.dockets
        found: dict[str, Docket] = {}
        for some in chunks(set(docket_ids)):
            for row in self._execute(sa.select(t).where(t.c.docket_id.in_(some))):
                found[row.docket_id] = rows.to_docket(row)
        return found

    def recent(self, since: date) -> Sequence[DocketEntry]:
        e, d, w = schema.entries, schema.dockets, schema.watches
        query = (
            sa.select(e.c.entry_id)
            .join(d, d.c.docket_id == e.c.docket_id)
            .where(sa.exists().where(covers(w, d)))
            .where(e.c.date_filed >= since, e.c.merged_into == "", is_own(e.c.entry_id))
        )
        return self.by_id(self.writer.ids([query]))

    def without_parts(self, *conditions: sa.ColumnElement[bool]) -> list[DocketEntry]:
        """Entries of which all of this holds, without their keys, documents and sources."""
        found = self._execute(sa.select(schema.entries).where(*conditions))
        return [rows.to_entry(row, (), (), ()) for row in found]

    # --- saving a poll ---

    def save(self, found: Consequences) -> None:
        """What a poll found of dockets and entries."""
        self.writer.upsert(schema.dockets, [rows.docket_row(d) for d in found.dockets], "docket_id")
        self._forget_parts(found.rebuilt)
        self._save_entries(found.entries)
        # PostgreSQL refuses to change one row twice in one statement: the last sighting stands.
        seen = {(s.sighting.source_id, s.sighting.sighting_key): s for s in found.sightings}
        self.writer.upsert(
            schema.sightings,
            [rows.sighting_row(stored) for stored in seen.values()],
            "source_id",
            "sighting_key",
            keep=("first_seen_at",),
        )

    def _forget_parts(self, rebuilt: Sequence[str]) -> None:
        """Keys and documents that went to another entry, or that this one will bring again."""
        for table in (schema.entry_keys, schema.documents) if rebuilt else ():
            self._execute(sa.delete(table).where(table.c.entry_id.in_(list(rebuilt))))

    def _save_entries(self, entries: Sequence[DocketEntry]) -> None:
        self.writer.upsert(schema.entries, [rows.entry_row(entry) for entry in entries], "entry_id")
        keys = [{"key": key, "entry_id": entry.entry_id} for entry in entries for key in entry.keys]
        self.writer.upsert(schema.entry_keys, keys, "key")
        documents = [
            rows.document_row(entry.entry_id, doc) for entry in entries for doc in entry.documents
        ]
        self.writer.upsert(schema.documents, documents, "entry_id", "document_id")

    # --- judging anew ---

    def judged_otherwise(self, rules_version: int, limit: int) -> list[DocketEntry]:
        """Some entries that were judged by other rules than those of this version."""
        t = schema.entries
        query = sa.select(t.c.entry_id).where(t.c.rules_version < rules_version)
        return self.by_id(self.writer.ids([query.order_by(t.c.rules_version).limit(limit)]))

    def count_judged_otherwise(self, rules_version: int) -> int:
        t = schema.entries
        query = sa.select(sa.func.count()).select_from(t).where(t.c.rules_version < rules_version)
        return int(self.writer.connection.scalar(query) or 0)

    def put_judgements(self, judgements: Mapping[str, Judgement]) -> None:
        """Entry -> what it is thought to be now. Nothing else of an entry is touched."""
        t = schema.entries
        values = [
            {
                "wanted": entry_id,
                "version": judgement.rules_version,
                **rows.judgement_columns(judgement),
            }
            for entry_id, judgement in judgements.items()
        ]
        if values:
            # A poll may have judged other words of it meanwhile, by the present rules.
            is_older = t.c.rules_version < sa.bindparam("version")
            update = sa.update(t).where(t.c.entry_id == sa.bindparam("wanted"), is_older)
            self.writer.connection.execute(update, values)

    def _execute(self, statement: sa.Executable) -> sa.CursorResult[Any]:
        return self.writer.connection.execute(statement)
