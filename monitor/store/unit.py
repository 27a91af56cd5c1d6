"""One transaction of the store: what the poller and the dispatcher may ask and save."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.errors import LeaseLost
from monitor.model.change import GapClosed
from monitor.model.docket import Docket, DocketEntry, Sighting
from monitor.model.follow import Follow, FollowState
from monitor.model.outcome import PollOutcome, StoredSighting, StoredStory
from monitor.store import rows, schema
from monitor.store.sources import Claims

_DAY = timedelta(days=1)
#: Words join entries a day apart; whether they do depends on what else is near to either.
_NEAR = range(-3, 4)
#: Databases limit how many values one statement may name.
_AT_ONCE = 400


class SqlUnit(Claims):
    """See `ports.Unit`, which this keeps for SQLite and PostgreSQL alike."""

    # --- what a poll must be compared with ---

    def known_sightings(
        self, source_id: str, keys: Collection[str]
    ) -> Mapping[str, tuple[str, str]]:
        t = schema.sightings
        found: dict[str, tuple[str, str]] = {}
        for some in _chunks(keys):
            query = sa.select(t.c.sighting_key, t.c.entry_id, t.c.words_hash).where(
                t.c.source_id == source_id, t.c.sighting_key.in_(some)
            )
            found |= {row[0]: (row[1], row[2]) for row in self.connection.execute(query)}
        return found

    def entries_like(self, sightings: Sequence[Sighting]) -> Sequence[DocketEntry]:
        ids: set[str] = set()
        ids |= self._ids_by_key({key for seen in sightings for key in seen.entry_keys})
        ids |= self._ids_by_number(sightings)
        ids |= self._ids_by_document(sightings)
        ids |= self._ids_by_day(sightings)
        return self.entries(ids)

    def _ids_by_key(self, keys: Collection[str]) -> set[str]:
        t = schema.entry_keys
        return self._ids(sa.select(t.c.entry_id).where(t.c.key.in_(some)) for some in _chunks(keys))

    def _ids_by_number(self, sightings: Sequence[Sighting]) -> set[str]:
        t = schema.entries
        numbered = [seen for seen in sightings if seen.entry_number is not None]
        numbers = {seen.entry_number for seen in numbered}
        return self._ids_on_dockets(numbered, t.c.entry_number, numbers)

    def _ids_by_document(self, sightings: Sequence[Sighting]) -> set[str]:
        t = schema.documents
        wanted = {doc.document_id for seen in sightings for doc in seen.documents}
        return self._ids(
            sa.select(t.c.entry_id).where(t.c.document_id.in_(some)) for some in _chunks(wanted)
        )

    def _ids_by_day(self, sightings: Sequence[Sighting]) -> set[str]:
        """Entries of the same docket near a sighting: those it may be, and those that these may."""
        t = schema.entries
        dated = [seen for seen in sightings if seen.date_filed is not None]
        days = {seen.date_filed + n * _DAY for seen in dated for n in _NEAR if seen.date_filed}
        return self._ids_on_dockets(dated, t.c.date_filed, days)

    def _ids_on_dockets(
        self, sightings: Sequence[Sighting], column: sa.Column[Any], values: Collection[Any]
    ) -> set[str]:
        """A few more than asked for (any value on any docket), in few statements."""
        t = schema.entries
        return self._ids(
            sa.select(t.c.entry_id).where(
                t.c.docket_id.in_(dockets), column.in_(some), t.c.merged_into == ""
            )
            for dockets in _chunks({seen.docket_id for seen in sightings})
            for some in _chunks(values)
        )

    def _ids(self, queries: Iterable[sa.Select[Any]]) -> set[str]:
        return {row[0] for query in queries for row in self.connection.execute(query)}

    def entries(self, ids: Collection[str]) -> list[DocketEntry]:
        """These entries with their keys, documents and sources."""
        found: list[DocketEntry] = []
        for some in _chunks(ids):
            t = schema.entries
            mains = self.connection.execute(
                sa.select(t).where(t.c.entry_id.in_(some)).order_by(t.c.entry_id)
            ).all()
            keys = self._of_entries(schema.entry_keys, some, "key")
            seen_by = self._of_entries(schema.sightings, some, "source_id")
            documents: dict[str, list[Any]] = {}
            d = schema.documents
            for row in self.connection.execute(
                sa.select(d).where(d.c.entry_id.in_(some)).order_by(d.c.document_id)
            ):
                documents.setdefault(row.entry_id, []).append(rows.to_document(row))
            for row in mains:
                name = row.entry_id
                found.append(
                    rows.to_entry(
                        row, keys.get(name, []), seen_by.get(name, []), documents.get(name, [])
                    )
                )
        return found

    def _of_entries(
        self, table: sa.Table, ids: Sequence[str], column: str
    ) -> Mapping[str, list[Any]]:
        value = table.c[column]
        query = (
            sa.select(table.c.entry_id, value)
            .distinct()
            .where(table.c.entry_id.in_(ids))
            .order_by(table.c.entry_id, value)
        )
        return rows.gathered(self.connection.execute(query), "entry_id", column)

    def views_of(self, entries: Sequence[DocketEntry]) -> Sequence[StoredSighting]:
        named = {entry.entry_id: entry for entry in entries}
        t = schema.sightings
        found: list[StoredSighting] = []
        for some in _chunks(named):
            query = sa.select(t).where(t.c.entry_id.in_(some))
            query = query.order_by(t.c.first_seen_at, t.c.source_id, t.c.sighting_key)
            found += [
                rows.to_view(row, named[row.entry_id]) for row in self.connection.execute(query)
            ]
        return found

    def known_dockets(self, docket_ids: Collection[str]) -> Mapping[str, Docket]:
        t = schema.dockets
        found: dict[str, Docket] = {}
        for some in _chunks(docket_ids):
            for row in self.connection.execute(sa.select(t).where(t.c.docket_id.in_(some))):
                found[row.docket_id] = rows.to_docket(row)
        return found

    def baselines(self, source_id: str) -> frozenset[str]:
        t = schema.baselines
        query = sa.select(t.c.watch_id).where(t.c.source_id == source_id)
        return frozenset(self.connection.execute(query).scalars())

    def known_stories(self, source_id: str, keys: Collection[str]) -> frozenset[str]:
        t = schema.stories
        return frozenset(
            self._ids(
                sa.select(t.c.item_key).where(t.c.source_id == source_id, t.c.item_key.in_(some))
                for some in _chunks(keys)
            )
        )

    def recent_stories(self, since: datetime) -> Sequence[StoredStory]:
        t = schema.stories
        query = sa.select(t).where(t.c.first_seen_at >= since).order_by(t.c.first_seen_at)
        return [rows.to_story(row) for row in self.connection.execute(query)]

    def recent_entries(self, since: date) -> Sequence[DocketEntry]:
        e, d, w = schema.entries, schema.dockets, schema.watches
        is_watched = sa.exists().where(
            w.c.court_id == d.c.court_id, w.c.docket_number == d.c.docket_number
        )
        query = (
            sa.select(e.c.entry_id)
            .join(d, d.c.docket_id == e.c.docket_id)
            .where(is_watched, e.c.date_filed >= since, e.c.merged_into == "")
        )
        return self.entries(self._ids([query]))

    # --- saving a poll ---

    def save(self, outcome: PollOutcome) -> None:
        self._save_state(outcome)
        now = outcome.state.last_polled_at or outcome.state.next_due_at
        self._upsert(schema.dockets, [rows.docket_row(d) for d in outcome.dockets], "docket_id")
        self._forget_parts(outcome.rebuilt)
        self._save_entries(outcome.entries)
        self._upsert(
            schema.sightings,
            _last_by_key([rows.sighting_row(s) for s in outcome.sightings]),
            "source_id",
            "sighting_key",
            keep=("first_seen_at",),
        )
        self._add_new(schema.stories, [rows.story_row(story) for story in outcome.stories])
        lost = [rows.unreadable_row(item, now) for item in outcome.unreadable]
        self._add_new(schema.unreadable, lost)
        self._add(schema.changes, [rows.change_row(change) for change in outcome.changes])
        self._add_new(schema.gaps, rows.gap_rows(outcome.changes))
        self._add_new(schema.alerts, [rows.alert_row(alert) for alert in outcome.alerts])
        self._save_follows(outcome)
        self._save_baselines(outcome, now)
        self._close_gaps(outcome, now)
        self._save_budget(outcome)

    def _save_state(self, outcome: PollOutcome) -> None:
        """First, so that who lost the lease writes nothing."""
        t = schema.sources
        values = rows.state_row(outcome.state) | {"lease": "", "lease_until": None}
        if outcome.window_changed:
            values |= rows.window_row(outcome.state.window)
        update = sa.update(t).where(t.c.source_id == outcome.source_id, t.c.lease == outcome.lease)
        if self.connection.execute(update.values(values)).rowcount != 1:
            raise LeaseLost(f"{outcome.source_id}: another worker took it over; this poll is void")

    def _forget_parts(self, rebuilt: Sequence[str]) -> None:
        """Keys and documents that went to another entry, or that this one will bring again."""
        for table in (schema.entry_keys, schema.documents) if rebuilt else ():
            self.connection.execute(sa.delete(table).where(table.c.entry_id.in_(list(rebuilt))))

    def _save_entries(self, entries: Sequence[DocketEntry]) -> None:
        self._upsert(schema.entries, [rows.entry_row(entry) for entry in entries], "entry_id")
        keys = [{"key": key, "entry_id": entry.entry_id} for entry in entries for key in entry.keys]
        self._upsert(schema.entry_keys, keys, "key")
        documents = [
            rows.document_row(entry.entry_id, doc) for entry in entries for doc in entry.documents
        ]
        self._upsert(schema.documents, documents, "entry_id", "document_id")

    def _save_follows(self, outcome: PollOutcome) -> None:
        for follow in outcome.follows:
            self.settle_follow(follow)
        self._add_new(schema.watches, [rows.watch_row(watch) for watch in outcome.watches])

    def settle_follow(self, follow: Follow) -> None:
        """Remember what is known of an appeal; a bound number settles what was pending below."""
        t = schema.follows
        if follow.state in {FollowState.PENDING, FollowState.PROPOSED}:
            self._add_new(t, [rows.follow_row(follow)])
            return
        self._upsert(t, [rows.follow_row(follow)], "follow_id")
        if follow.state is FollowState.BOUND:
            below = sa.and_(
                t.c.lower_docket_id == follow.lower_docket_id,
                t.c.court_id == follow.court_id,
                t.c.case_id == follow.case_id,
            )
            states = (FollowState.PENDING.value, FollowState.PROPOSED.value)
            self.connection.execute(sa.delete(t).where(below, t.c.state.in_(states)))

    def follows(self) -> Sequence[Follow]:
        t = schema.follows
        return [rows.to_follow(r) for r in self.connection.execute(sa.select(t).order_by(t.c.at))]

    def _close_gaps(self, outcome: PollOutcome, now: datetime) -> None:
        t = schema.gaps
        for logged in outcome.changes:
            if isinstance(logged.change, GapClosed):
                gap = sa.and_(
                    t.c.source_id == logged.change.source_id, t.c.from_at == logged.change.from_at
                )
                self.connection.execute(sa.update(t).where(gap).values(closed_at=now))

    def _save_baselines(self, outcome: PollOutcome, now: datetime) -> None:
        given = [
            {"watch_id": watch_id, "source_id": outcome.source_id, "at": now}
            for watch_id in outcome.baselines
        ]
        self._add_new(schema.baselines, given)
        if outcome.told_watches:
            t = schema.watches
            told = sa.update(t).where(t.c.watch_id.in_(outcome.told_watches))
            self.connection.execute(told.values(told_at=now))

    # --- sources and watches ---


def _chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    ordered = sorted(values)
    return (ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE))


def _last_by_key(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """PostgreSQL refuses to change one row twice in one statement: the last view stands."""
    return list({(row["source_id"], row["sighting_key"]): row for row in values}.values())
