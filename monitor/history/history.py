"""Questions to what is remembered: read only, and never in the way of the daemon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from monitor.history.answers import ChangeRow, DeliveryRow, Question, Row, SightingRow
from monitor.model.docket import Docket, DocketEntry
from monitor.model.follow import Follow
from monitor.model.quota import Priority, Spending, Want
from monitor.model.source import Source, SourceState
from monitor.model.watch import Watch
from monitor.store import rows, schema
from monitor.store.unit import SqlUnit

_AT_ONCE = 400


class SqlHistory:
    """Answers from one connection that only reads."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._unit = SqlUnit(connection)

    # --- entries ---

    def entries(self, question: Question) -> Iterator[Row]:
        """What was filed, newest first; read in portions, so that a reader may stop early."""
        ids = self._connection.execute(self._ids(question)).scalars().all()
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            found = {entry.entry_id: entry for entry in self._unit.entries(some)}
            dockets = self._unit.known_dockets({e.docket_id for e in found.values()})
            seen = self._sighting_keys(some)
            undo = self._changes_after(some, question.as_of) if question.as_of else {}
            for entry_id in some:
                entry = _as_it_stood(found[entry_id], undo.get(entry_id, ()))
                docket = dockets[entry.docket_id]
                yield Row(entry, docket, tuple(seen.get(entry_id, ())))

    def _ids(self, question: Question) -> sa.Select[Any]:
        e, d = schema.entries, schema.dockets
        query = (
            sa.select(e.c.entry_id)
            .join(d, d.c.docket_id == e.c.docket_id)
            .order_by(
                e.c.date_filed.desc().nulls_last(),
                e.c.published_at.desc().nulls_last(),
                e.c.entry_number.desc().nulls_last(),
                e.c.entry_id,
            )
        )
        query = query.where(e.c.merged_into == "")
        if question.court_id:
            query = query.where(d.c.court_id == question.court_id)
        if question.docket_number:
            number = d.c.docket_number
            ends = number.endswith(":" + question.docket_number, autoescape=True)
            defendants = number.startswith(question.docket_number + "-", autoescape=True)
            query = query.where(sa.or_(number == question.docket_number, ends, defendants))
        if question.case_id:
            query = query.where(self._is_of_case(question.case_id))
        if question.since:
            seen = datetime.combine(question.since, datetime.min.time(), UTC)
            undated = sa.and_(e.c.date_filed.is_(None), e.c.first_seen_at >= seen)
            query = query.where(sa.or_(e.c.date_filed >= question.since, undated))
        if question.until:
            query = query.where(e.c.date_filed <= question.until)
        if question.as_of:
            query = query.where(e.c.first_seen_at <= question.as_of)
        for word in question.words.split():
            events = sa.cast(e.c.event_names, sa.Text)
            holds = [c.icontains(word, autoescape=True) for c in (e.c.text, events, d.c.case_name)]
            query = query.where(sa.or_(*holds))
        return query

    def _is_of_case(self, case_id: str) -> sa.ColumnElement[bool]:
        w, d = schema.watches, schema.dockets
        return sa.exists().where(
            w.c.case_id == case_id,
            w.c.court_id == d.c.court_id,
            w.c.docket_number == d.c.docket_number,
        )

    def _sighting_keys(self, ids: Sequence[str]) -> Mapping[str, list[str]]:
        t = schema.sightings
        query = (
            sa.select(t.c.entry_id, t.c.sighting_key)
            .where(t.c.entry_id.in_(ids))
            .order_by(t.c.entry_id, t.c.source_id, t.c.sighting_key)
        )
        return rows.gathered(self._connection.execute(query), "entry_id", "sighting_key")

    def _changes_after(self, ids: Sequence[str], at: datetime) -> dict[str, list[ChangeRow]]:
        found: dict[str, list[ChangeRow]] = {}
        c = schema.changes
        query = (
            sa.select(c).where(c.c.entry_id.in_(ids), c.c.at > at).order_by(c.c.change_id.desc())
        )
        for row in self._connection.execute(query):
            found.setdefault(row.entry_id, []).append(_change(row))
        return found

    def find_entries(self, prefix: str) -> list[str]:
        """The ids of entries that begin like this."""
        t = schema.entries
        query = sa.select(t.c.entry_id).where(t.c.entry_id.startswith(prefix, autoescape=True))
        return list(self._connection.execute(query.limit(20)).scalars())

    def numbered(self, docket_id: str, number: int) -> list[str]:
        """The ids of the entries of a docket that bear this number."""
        t = schema.entries
        court_id, _, rest = docket_id.partition("/")
        # The office may be left out, as people do.
        spelled = sa.or_(
            t.c.docket_id == docket_id,
            sa.and_(
                t.c.docket_id.startswith(f"{court_id}/", autoescape=True),
                t.c.docket_id.endswith(f":{rest}", autoescape=True),
            ),
        )
        query = sa.select(t.c.entry_id).where(
            spelled, t.c.entry_number == number, t.c.merged_into == ""
        )
        return list(self._connection.execute(query).scalars())

    def entry(self, entry_id: str) -> tuple[DocketEntry, Docket]:
        (entry,) = self._unit.entries([entry_id])
        if entry.merged_into:
            return self.entry(entry.merged_into)
        return entry, self._unit.known_dockets([entry.docket_id])[entry.docket_id]

    def sightings_of(self, entry_id: str) -> list[SightingRow]:
        """Who saw the entry when, and in which words; the earliest first."""
        t = schema.sightings
        query = sa.select(t).where(t.c.entry_id == entry_id)
        query = query.order_by(t.c.first_seen_at, t.c.source_id, t.c.sighting_key)
        names = list(SightingRow.__dataclass_fields__)
        return [
            SightingRow(**{name: getattr(row, name) for name in names})
            for row in self._connection.execute(query)
        ]

    def changes_of(self, entry_id: str) -> list[ChangeRow]:
        c = schema.changes
        query = sa.select(c).where(c.c.entry_id == entry_id).order_by(c.c.change_id)
        return [_change(row) for row in self._connection.execute(query)]

    def dockets(self) -> dict[str, Docket]:
        t = schema.dockets
        return {r.docket_id: rows.to_docket(r) for r in self._connection.execute(sa.select(t))}

    # --- deliveries ---

    def deliveries(
        self, *, state: str = "", recipient: str = "", limit: int = 50
    ) -> list[DeliveryRow]:
        """The latest deliveries."""
        t = schema.deliveries
        query = self._deliveries().order_by(t.c.created_at.desc(), t.c.delivery_id).limit(limit)
        if state:
            query = query.where(t.c.state == state)
        if recipient:
            query = query.where(t.c.recipient == recipient)
        return [_delivery(row) for row in self._connection.execute(query)]

    def delivery(self, delivery_id: str) -> DeliveryRow | None:
        t = schema.deliveries
        query = self._deliveries().where(t.c.delivery_id == delivery_id)
        row = self._connection.execute(query).first()
        return _delivery(row) if row else None

    def deliveries_of_entry(self, entry_id: str) -> list[DeliveryRow]:
        """Every delivery whose alert names this entry."""
        d, a = schema.deliveries, schema.alerts
        holds = sa.cast(a.c.facts, sa.Text).contains(f'"{entry_id}"', autoescape=True)
        query = self._deliveries().where(holds).order_by(d.c.created_at, d.c.delivery_id)
        return [_delivery(row) for row in self._connection.execute(query)]

    def _deliveries(self) -> sa.Select[Any]:
        t, a = schema.deliveries, schema.alerts
        return sa.select(t, a.c.topic, a.c.case_id, a.c.kind, a.c.facts).join(
            a, a.c.alert_id == t.c.alert_id
        )

    def attempts(self, delivery_id: str) -> list[tuple[datetime, str, str]]:
        """When, with which result, and what was answered."""
        t = schema.attempts
        query = sa.select(t).where(t.c.delivery_id == delivery_id).order_by(t.c.attempt_id)
        return [(row.at, row.result, row.detail) for row in self._connection.execute(query)]

    # --- sources and watches ---

    def sources(self) -> list[tuple[Source, SourceState]]:
        t = schema.sources
        query = sa.select(t).order_by(t.c.enabled.desc(), t.c.source_id)
        return [(rows.to_source(r), rows.to_state(r)) for r in self._connection.execute(query)]

    def watches(self) -> list[Watch]:
        """Every watch, removed ones too."""
        t = schema.watches
        query = sa.select(t).order_by(t.c.watch_id)
        return [rows.to_watch(row) for row in self._connection.execute(query)]

    def gaps(self) -> list[tuple[str, datetime, datetime, str, datetime | None]]:
        """Source, from, until, reason, when closed: every hole that was found."""
        t = schema.gaps
        query = sa.select(t).order_by(t.c.from_at)
        return [
            (row.source_id, row.from_at, row.until_at, row.reason, row.closed_at)
            for row in self._connection.execute(query)
        ]

    def first_readings(self) -> dict[tuple[str, str], datetime]:
        """(watch, source) -> when this source was first read for this watch."""
        t = schema.baselines
        query = sa.select(t.c.watch_id, t.c.source_id, t.c.at)
        return {(row.watch_id, row.source_id): row.at for row in self._connection.execute(query)}

    def follows(self) -> list[Follow]:
        """Every appeal that was told of, whatever came of it."""
        return list(self._unit.follows())

    # --- the quota ---

    def spending(self, now: datetime) -> Spending:
        return self._unit.spending(now)

    def wants(self) -> list[Want]:
        """All that waits for the quota, the next first."""
        return list(self._unit.wants())

    def calls_by_priority(self, since: datetime) -> dict[Priority, int]:
        return self._unit.calls_by_priority(since)

    def unreadable(self) -> dict[str, int]:
        """Source -> how many items could not be read, and are kept raw."""
        t = schema.unreadable
        query = sa.select(t.c.source_id, sa.func.count()).group_by(t.c.source_id)
        return {row[0]: row[1] for row in self._connection.execute(query)}


def _as_it_stood(entry: DocketEntry, later: Sequence[ChangeRow]) -> DocketEntry:
    """Undo what changed afterwards, the latest first."""
    for change in later:
        field, before = change.detail.get("field"), change.detail.get("before", "")
        if change.kind == "text_filled_in" or field == "text":
            entry = replace(entry, text=before)
        elif field == "event_names":
            entry = replace(entry, event_names=tuple(before.split("\n")) if before else ())
        elif field == "entry_number":
            entry = replace(entry, entry_number=int(before) if before else None)
        elif change.kind == "entry_withdrawn":
            entry = replace(entry, is_withdrawn=False)
    return entry


def _change(row: Any) -> ChangeRow:
    return ChangeRow(
        row.at, row.kind, row.source_id, row.entry_id or "", row.docket_id or "", row.detail
    )


def _delivery(row: Any) -> DeliveryRow:
    return DeliveryRow(**{name: getattr(row, name) for name in DeliveryRow.__dataclass_fields__})
