"""A database that the version before this one made: nothing that waits is lost or told twice.

`made_by_b2ac284.sql` was dumped from SQLite after an invented case had run there for some days; it
holds pending, sent and dead deliveries, and one alert that was not routed yet.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.dispatch import Dispatcher
from monitor.model.alert import Amended
from monitor.model.codec import load_alert
from monitor.model.delivery import Notification, Rule
from monitor.model.subjects import subjects_of
from monitor.render.mail import Letterhead, mail_of
from monitor.render.webhook import body_of
from monitor.store import schema
from monitor.store.database import (
    HEAD,
    SqlStore,
    current_revision,
    make_engine,
    open_store,
    upgrade,
)

DUMP = Path(__file__).with_name("made_by_b2ac284.sql")
Row = dict[str, Any]
#: The topics of version 4 -> those of today.
RENAMED = {
    "appeal": {"appeal_found", "appeal_proposed"},
    "away": {"caught_up"},
    "docket": {"docket_changed"},
    "gap": {"gap_opened", "gap_closed"},
    "health": {"source_unhealthy", "source_recovered", "coverage_changed"},
    "news": {"story", "lead"},
    "delivery": {"delivery_given_up"},
}


@dataclass
class Old:
    """The rows as they were."""

    tables: dict[str, list[Row]] = field(default_factory=dict)

    def by(self, table: str, key: str) -> dict[str, Row]:
        return {row[key]: row for row in self.tables[table]}


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Old:
    found = Old()
    with sqlite3.connect(tmp_path_factory.mktemp("old") / "m.db") as connection:
        connection.executescript(DUMP.read_text())
        connection.row_factory = sqlite3.Row
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            rows = connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
            found.tables[name] = [dict(row) for row in rows]
    return found


@pytest.fixture
def upgraded(bare_database_url: str, old: Old) -> Iterable[SqlStore]:
    """The same rows in a database of each kind, opened by this version."""
    if bare_database_url.startswith("sqlite"):
        with sqlite3.connect(bare_database_url.removeprefix("sqlite:///")) as connection:
            connection.executescript(DUMP.read_text())
        connection.close()
    else:
        engine = make_engine(bare_database_url)
        upgrade(engine, "0004")
        _copy(old, engine)
        engine.dispose()
    store = open_store(bare_database_url)
    yield store
    store.close()


def _copy(old: Old, engine: sa.Engine) -> None:
    tables = sa.MetaData()
    tables.reflect(engine)
    with engine.begin() as connection:
        for table in tables.sorted_tables:
            rows = [_converted(row, table) for row in old.tables[table.name]]
            if table.name != "alembic_version" and rows:
                connection.execute(table.insert(), rows)
            for column in table.columns:
                if column.autoincrement is True or "nextval" in str(column.server_default or ""):
                    _go_on_counting(connection, table.name, column.name)


def _go_on_counting(connection: sa.Connection, table: str, column: str) -> None:
    highest = f"(SELECT coalesce(max({column}), 0) + 1 FROM {table})"  # noqa: S608
    sequence = f"pg_get_serial_sequence('{table}', '{column}')"
    connection.exec_driver_sql(f"SELECT setval({sequence}, {highest}, false)")


READ: dict[type[Any], Callable[[Any], Any]] = {
    sa.DateTime: lambda raw: datetime.fromisoformat(raw).replace(tzinfo=UTC),
    sa.Date: date.fromisoformat,
    sa.JSON: json.loads,
    sa.Boolean: bool,
}


def _converted(row: Row, table: sa.Table) -> Row:
    return {name: _value(raw, table.columns[name].type) for name, raw in row.items()}


def _value(raw: Any, kind: sa.types.TypeEngine[Any]) -> Any:
    kind = kind.impl_instance if isinstance(kind, sa.types.TypeDecorator) else kind
    read = next((read for base, read in READ.items() if isinstance(kind, base)), None)
    return raw if raw is None or read is None else read(raw)


def moment(raw: str | None) -> datetime | None:
    return datetime.fromisoformat(raw).replace(tzinfo=UTC) if raw else None


def notifications(store: SqlStore) -> dict[str, Notification]:
    with store.begin() as unit:
        ids = unit.connection.execute(sa.select(schema.deliveries.c.delivery_id)).scalars().all()
        found = [unit.outbox.notification(name) for name in ids]
    return {one.delivery_id: one for one in found if one is not None}


def test_the_dump_holds_what_an_upgrade_may_lose(old: Old) -> None:
    states = Counter(row["state"] for row in old.tables["deliveries"])
    assert states == {"pending": 23, "sent": 43, "dead": 2}
    assert sum(row["routed_at"] is None for row in old.tables["alerts"]) == 1
    assert {row["topic"] for row in old.tables["alerts"]} == {
        "filed",
        "amended",
        "now_watching",
        "test",
        *RENAMED,
    } - {"test"}


def test_every_delivery_is_what_it_was_row_by_row(upgraded: SqlStore, old: Old) -> None:
    d, c = schema.deliveries, schema.delivery_alerts
    with upgraded.reading() as connection:
        rows = connection.execute(
            sa.select(d, c.c.alert_id, c.c.rule).join(c, c.c.delivery_id == d.c.delivery_id)
        ).all()
    now = {
        row.delivery_id: (
            row.alert_id, row.recipient, row.rule, row.state, row.attempts, row.next_attempt_at,
            row.last_error, row.created_at, row.sent_at,
        )
        for row in rows
    }  # fmt: skip
    before = {
        row["delivery_id"]: (
            row["alert_id"], row["recipient"], row["route"], row["state"], row["attempts"],
            moment(row["next_attempt_at"]), row["last_error"], moment(row["created_at"]),
            moment(row["sent_at"]),
        )
        for row in old.tables["deliveries"]
    }  # fmt: skip
    assert len(rows) == len(old.tables["deliveries"])
    assert now == before


def test_every_alert_tells_what_it_told(upgraded: SqlStore, old: Old) -> None:
    """Its version 1 document, which receivers knew before, is what the old program sent."""
    facts = {name: json.loads(row["facts"]) for name, row in old.by("alerts", "alert_id").items()}
    for name, one in notifications(upgraded).items():
        (routed,) = one.alerts
        was = old.by("alerts", "alert_id")[routed.alert.alert_id]
        assert routed.alert.topic in RENAMED.get(was["topic"], {was["topic"]})
        assert routed.alert.created_at == moment(was["created_at"])
        said = json.loads(body_of(one, 1))["data"]
        assert (said["delivery_id"], said["topic"], said["kind"]) == (
            name,
            was["topic"],
            was["kind"],
        )
        for key, value in facts[routed.alert.alert_id].items():
            assert said[key] == value, f"{was['topic']}: {key}"


def test_every_message_can_be_written(upgraded: SqlStore) -> None:
    for one in notifications(upgraded).values():
        assert mail_of(one, Letterhead("monitor@example.org"), "desk@example.org")["Subject"]
        assert json.loads(body_of(one, 2))["data"]["alerts"]


def test_every_alert_is_found_by_what_it_is_about(upgraded: SqlStore) -> None:
    a, s = schema.alerts, schema.alert_subjects
    with upgraded.reading() as connection:
        bodies = {row.alert_id: row.body for row in connection.execute(sa.select(a))}
        found = {name: set() for name in bodies}  # type: dict[str, set[tuple[str, str]]]
        for row in connection.execute(sa.select(s)):
            found[row.alert_id].add((row.kind, row.subject_id))
    for name, body in bodies.items():
        about = subjects_of(load_alert(body))
        assert found[name] == {(one.kind.value, one.subject_id) for one in about}


def test_an_amendment_answers_the_delivery_that_its_recipient_was_given(
    upgraded: SqlStore,
) -> None:
    found = notifications(upgraded)
    amended = [one for one in found.values() if isinstance(one.alerts[0].alert, Amended)]
    assert amended
    for one in amended:
        alert = one.alerts[0].alert
        assert isinstance(alert, Amended)
        carriers = [
            other.delivery_id
            for other in found.values()
            if other.recipient == one.recipient and other.alerts[0].alert.alert_id == alert.amends
        ]
        assert [one.answers] == (carriers or [""])


KEPT = {
    "dockets": "docket_id",
    "entries": "entry_id",
    "sightings": "sighting_key",
    "documents": "document_id",
    "stories": "item_key",
    "watches": "watch_id",
    "gaps": "gap_id",
    "changes": "change_id",
    "attempts": "attempt_id",
}


@pytest.mark.parametrize("table", KEPT)
def test_no_row_is_lost_of_what_was_seen(upgraded: SqlStore, old: Old, table: str) -> None:
    known = schema.metadata.tables[table]
    with upgraded.reading() as connection:
        rows = [dict(row._mapping) for row in connection.execute(sa.select(known))]
    columns = sorted(set(old.tables[table][0]) & {column.name for column in known.columns})
    assert columns
    before = [_converted({c: row[c] for c in columns}, known) for row in old.tables[table]]
    after = [{c: row[c] for c in columns} for row in rows]
    assert sorted(map(str, after)) == sorted(map(str, before))


def test_the_tables_are_those_that_the_program_expects(upgraded: SqlStore) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from monitor.store.migrations.search_0012 import is_in_schema

    with upgraded.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_in_schema})
        assert compare_metadata(context, schema.metadata) == []


def test_opening_it_again_changes_nothing(upgraded: SqlStore, bare_database_url: str) -> None:
    before = notifications(upgraded)
    again = open_store(bare_database_url)
    assert current_revision(again.engine) == HEAD
    assert notifications(again) == before
    again.close()


@dataclass
class Receiver:
    """Somebody who keeps what he was given."""

    given: list[Notification] = field(default_factory=list)

    async def deliver(self, notification: Notification) -> str:
        self.given.append(notification)
        return "ok"


async def test_what_was_pending_is_sent_once_under_its_id_and_nothing_else(
    upgraded: SqlStore, old: Old
) -> None:
    names = {row["recipient"] for row in old.tables["deliveries"]}
    receivers = {name: Receiver() for name in names}
    late = datetime(2026, 4, 1, tzinfo=UTC)
    rules = [Rule("everything", tuple(sorted(names)))]
    dispatcher = Dispatcher(upgraded, receivers, rules, lambda: late, lambda: 0.5)
    await dispatcher.drain()
    given = [one.delivery_id for receiver in receivers.values() for one in receiver.given]
    pending = [r["delivery_id"] for r in old.tables["deliveries"] if r["state"] == "pending"]
    (waiting,) = [r["alert_id"] for r in old.tables["alerts"] if r["routed_at"] is None]
    fresh = [f"{waiting}.{name}" for name in names]
    assert sorted(given) == sorted(pending + fresh)
    again = replace(dispatcher, couriers={name: Receiver() for name in names})
    assert await again.drain() == 0
