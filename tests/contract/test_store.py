"""One promise, two databases."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.decide.policy import Policy
from monitor.errors import DatabaseTooNew, LeaseLost, StoreError
from monitor.model.alert import Alert
from monitor.model.delivery import DeliveryState
from monitor.model.outcome import Consequences, PollOutcome
from monitor.model.quota import LookUp, Priority, Purpose
from monitor.model.source import Claim, Source
from monitor.model.watch import Watch, WatchState
from monitor.poll import Poller, claim_due
from monitor.sources.court_rss import COURT_RSS
from monitor.store import database, schema
from monitor.store.database import SqlStore, open_store
from monitor.store.unit import SqlUnit
from tests.contract.test_healing import Nobody
from tests.feeds import NOON
from tests.make import filed, notification, snapshot

SOURCE = Source("court:dcd", COURT_RSS, "https://x", timedelta(minutes=10), court_id="dcd")
ALERT = filed()
NOTIFICATION = notification(ALERT)


def claim(store: SqlStore, minutes: float = 0, lease_seconds: float = 60) -> Claim | None:
    with store.begin() as unit:
        unit.sources.put([SOURCE], NOON)
        found = claim_due(unit, NOON + timedelta(minutes=minutes), 5, lease_seconds)
    return found[0] if found else None


def outcome(taken: Claim, **more: Any) -> PollOutcome:
    return PollOutcome(SOURCE.source_id, taken.lease, NOON, taken.state, **more)


def told(*alerts: Alert) -> Consequences:
    return Consequences(alerts=alerts)


def test_a_claimed_source_is_not_claimed_again_until_its_lease_runs_out(store: SqlStore) -> None:
    assert claim(store) is not None
    assert claim(store) is None
    assert claim(store, minutes=2) is not None


def test_who_lost_the_lease_writes_nothing(store: SqlStore) -> None:
    frozen = claim(store)
    assert frozen is not None
    assert claim(store, minutes=2) is not None
    with pytest.raises(LeaseLost), store.begin() as unit:
        unit.save(outcome(frozen, consequences=told(ALERT)))
    with store.begin() as unit:
        assert unit.outbox.unrouted(10) == []


def test_an_exception_undoes_everything(store: SqlStore) -> None:
    taken = claim(store)
    assert taken is not None
    with contextlib.suppress(ZeroDivisionError), store.begin() as unit:
        unit.save(outcome(taken, consequences=told(ALERT)))
        raise ZeroDivisionError
    with store.begin() as unit:
        assert unit.outbox.unrouted(10) == []


def test_the_same_alert_is_kept_once(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.outbox.add([ALERT])
    with store.begin() as unit:
        unit.outbox.add([ALERT])
        assert unit.outbox.unrouted(10) == [ALERT]


def test_a_delivery_is_planned_once_and_leased(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.outbox.add([ALERT])
        for _ in range(2):
            unit.outbox.plan([NOTIFICATION], NOON)
    with store.begin() as unit:
        assert unit.outbox.due_recipients(NOON) == ["desk"]
        delivery = unit.outbox.claim("desk", NOON, 60)
        assert delivery is not None
        assert delivery.notification == NOTIFICATION
        assert unit.outbox.claim("desk", NOON, 60) is None
    with store.begin() as unit:
        unit.outbox.settle(replace(delivery, state=DeliveryState.DEAD, last_error="550 no"), NOON)
        assert unit.outbox.retry(delivery.delivery_id, NOON)
        assert unit.outbox.claim("desk", NOON, 60) is not None


def test_a_delivery_whose_lease_was_lost_is_not_settled(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.outbox.add([ALERT])
        unit.outbox.plan([NOTIFICATION], NOON)
        frozen = unit.outbox.claim("desk", NOON, 60)
        unit.outbox.claim("desk", NOON + timedelta(minutes=2), 60)
    assert frozen is not None
    with pytest.raises(LeaseLost), store.begin() as unit:
        unit.outbox.settle(frozen, NOON)


def test_a_paused_watch_keeps_its_beginning(store: SqlStore) -> None:
    watch = Watch("w", "case", "Case", "dcd", "1:25-cv-00457", NOON)
    later = Watch("w", "case", "Other", "dcd", "1:25-cv-00457", NOON + timedelta(days=1))
    with store.begin() as unit:
        unit.watches.put(watch)
        unit.watches.put(later)
        unit.watches.set_state("w", WatchState.PAUSED)
        (stored,) = unit.watches.all()
    assert (stored.since, stored.case_label, stored.state) == (NOON, "Other", WatchState.PAUSED)


def test_a_newer_database_is_refused(store: SqlStore, database_url: str) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseTooNew, match="install a newer"):
        open_store(database_url)


def test_migrations_and_tables_agree(store: SqlStore) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from monitor.store.migrations.search_0012 import is_in_schema

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_in_schema})
        assert compare_metadata(context, schema.metadata) == []


def test_the_newest_migration_is_the_one_that_the_program_names() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "monitor:store/migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == database.HEAD


def test_a_wrong_address_says_what_to_do() -> None:
    with pytest.raises(StoreError, match="use sqlite"):
        open_store("mysql://localhost/x")
    with pytest.raises(StoreError, match="not a database URL"):
        open_store("monitor.db")
    with pytest.raises(StoreError, match="check that the server runs"):
        open_store("postgresql://monitor@127.0.0.1:1/none")


def test_a_full_disk_loses_nothing_and_says_so(tmp_path: Any) -> None:
    store = open_store(f"sqlite:///{tmp_path}/m.db")
    with store.begin() as unit:
        unit.outbox.add([ALERT])
    # SQLite answers "disk is full" when a file may not grow, too.
    pages = "PRAGMA page_count"
    with store.engine.connect() as connection:
        count = connection.exec_driver_sql(pages).scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={count}")
        connection.rollback()
        big = filed("a2", entries=(snapshot(text="x" * 500_000),))
        with pytest.raises(sa.exc.OperationalError) as caught, connection.begin():
            SqlUnit(connection).outbox.add([big])
    assert "free some space" in database.explain(store.engine, caught.value)
    with store.begin() as unit:
        assert unit.outbox.unrouted(10) == [ALERT]
    store.close()


def take_call(store: SqlStore, source_id: str, now: datetime) -> datetime | None:
    """As a poll takes one: counted, or told from when on there is room."""
    poller = Poller(Nobody(), {}, store, Policy(), lambda: now, lambda: 0.5)
    return poller.take_call(source_id, Priority.TEXT)


def test_the_sixth_call_of_a_minute_is_not_made(store: SqlStore) -> None:
    seconds = range(6)
    answers = [take_call(store, "cl", NOON + timedelta(seconds=n)) for n in seconds]
    assert answers == [None] * 5 + [NOON + timedelta(minutes=1)]
    with store.begin() as unit:
        assert unit.quota.calls_by_priority(NOON - timedelta(days=1)) == {Priority.TEXT: 5}


def test_a_call_whose_transaction_fails_is_not_counted(store: SqlStore) -> None:
    with contextlib.suppress(ZeroDivisionError), store.begin() as unit:
        unit.quota.record("cl", Priority.TEXT, NOON)
        raise ZeroDivisionError
    with store.begin() as unit:
        assert unit.quota.spent(NOON).calls == ()


def test_what_is_to_be_asked_of_a_source_makes_it_due(store: SqlStore) -> None:
    taken = claim(store)
    assert taken is not None
    soon = NOON + timedelta(minutes=2)
    text = LookUp(Purpose.TEXT, SOURCE.source_id, "e1", Priority.TEXT, NOON, soon)
    later = replace(taken.state, next_due_at=NOON + timedelta(hours=6))
    asked = Consequences(look_ups=(text,))
    with store.begin() as unit:
        unit.save(PollOutcome(SOURCE.source_id, taken.lease, NOON, later, asked))
        assert unit.quota.look_ups_of(SOURCE.source_id) == [text]
    assert claim(store, minutes=1) is None
    again = claim(store, minutes=3)
    assert again is not None
    settled = Consequences(settled_look_ups=(text.look_up_id,))
    done = replace(later, next_due_at=NOON + timedelta(hours=12))
    with store.begin() as unit:
        unit.save(
            PollOutcome(SOURCE.source_id, again.lease, NOON, done, settled, had_look_ups=True)
        )
        assert unit.quota.look_ups_of(SOURCE.source_id) == []
    assert claim(store, minutes=60) is None


def test_everybody_rests_when_the_server_says_so(store: SqlStore) -> None:
    taken = claim(store)
    assert taken is not None
    until = NOON + timedelta(hours=1)
    with store.begin() as unit:
        unit.save(outcome(taken, blocked_until=until))
    assert take_call(store, "another", NOON) == until
    assert take_call(store, "another", until) is None
