"""One promise, two databases."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.errors import DatabaseTooNew, LeaseLost, StoreError
from monitor.model.alert import Alert, DeliveryState
from monitor.model.outcome import PollOutcome
from monitor.model.quota import Priority, Want
from monitor.model.source import Claim, Source, SourceKind
from monitor.model.watch import Watch, WatchState
from monitor.store import database, schema
from monitor.store.database import SqlStore, open_store
from monitor.store.unit import SqlUnit
from tests.feeds import NOON

SOURCE = Source(
    "court:dcd", SourceKind.COURT_RSS, "https://x", timedelta(minutes=10), court_id="dcd"
)
ALERT = Alert("a1", "filed", "case", "dcd/1:25-cv-00457", "order", NOON, {"entries": []})


def claim(store: SqlStore, minutes: float = 0, lease_seconds: float = 60) -> Claim | None:
    with store.begin() as unit:
        unit.put_sources([SOURCE], NOON)
        found = unit.claim_due(NOON + timedelta(minutes=minutes), 5, lease_seconds)
    return found[0] if found else None


def outcome(taken: Claim, **more: Any) -> PollOutcome:
    return PollOutcome(SOURCE.source_id, taken.lease, taken.state, **more)


def test_a_claimed_source_is_not_claimed_again_until_its_lease_runs_out(store: SqlStore) -> None:
    assert claim(store) is not None
    assert claim(store) is None
    assert claim(store, minutes=2) is not None


def test_who_lost_the_lease_writes_nothing(store: SqlStore) -> None:
    frozen = claim(store)
    assert frozen is not None
    assert claim(store, minutes=2) is not None
    with pytest.raises(LeaseLost), store.begin() as unit:
        unit.save(outcome(frozen, alerts=(ALERT,)))
    with store.begin() as unit:
        assert unit.unrouted_alerts(10) == []


def test_an_exception_undoes_everything(store: SqlStore) -> None:
    taken = claim(store)
    assert taken is not None
    with contextlib.suppress(ZeroDivisionError), store.begin() as unit:
        unit.save(outcome(taken, alerts=(ALERT,)))
        raise ZeroDivisionError
    with store.begin() as unit:
        assert unit.unrouted_alerts(10) == []


def test_the_same_alert_is_kept_once(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.add_alerts([ALERT])
    with store.begin() as unit:
        unit.add_alerts([ALERT])
        assert unit.unrouted_alerts(10) == [ALERT]


def test_a_delivery_is_planned_once_and_leased(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.add_alerts([ALERT])
        for _ in range(2):
            unit.add_deliveries(ALERT, {"desk": "all"}, NOON)
    with store.begin() as unit:
        assert unit.due_recipients(NOON) == ["desk"]
        delivery = unit.claim_delivery("desk", NOON, 60)
        assert delivery is not None
        assert (delivery.route, delivery.alert) == ("all", ALERT)
        assert unit.claim_delivery("desk", NOON, 60) is None
    with store.begin() as unit:
        unit.settle(replace(delivery, state=DeliveryState.DEAD, last_error="550 no"), NOON)
        assert unit.retry_delivery(delivery.delivery_id, NOON)
        assert unit.claim_delivery("desk", NOON, 60) is not None


def test_a_delivery_whose_lease_was_lost_is_not_settled(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.add_alerts([ALERT])
        unit.add_deliveries(ALERT, {"desk": "all"}, NOON)
        frozen = unit.claim_delivery("desk", NOON, 60)
        unit.claim_delivery("desk", NOON + timedelta(minutes=2), 60)
    assert frozen is not None
    with pytest.raises(LeaseLost), store.begin() as unit:
        unit.settle(frozen, NOON)


def test_a_paused_watch_keeps_its_beginning(store: SqlStore) -> None:
    watch = Watch("w", "case", "Case", "dcd", "1:25-cv-00457", NOON)
    later = Watch("w", "case", "Other", "dcd", "1:25-cv-00457", NOON + timedelta(days=1))
    with store.begin() as unit:
        unit.put_watch(watch)
        unit.put_watch(later)
        unit.set_watch_state("w", WatchState.PAUSED)
        (stored,) = unit.watches()
    assert (stored.since, stored.case_label, stored.state) == (NOON, "Other", WatchState.PAUSED)


def test_a_newer_database_is_refused(store: SqlStore, database_url: str) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseTooNew, match="install a newer"):
        open_store(database_url)


def test_migrations_and_tables_agree(store: SqlStore) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
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
        unit.add_alerts([ALERT])
    # SQLite answers "disk is full" when a file may not grow, too.
    pages = "PRAGMA page_count"
    with store.engine.connect() as connection:
        count = connection.exec_driver_sql(pages).scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={count}")
        connection.rollback()
        big = Alert("a2", "filed", "", "", "order", NOON, {"text": "x" * 500_000})
        with pytest.raises(sa.exc.OperationalError) as caught, connection.begin():
            SqlUnit(connection).add_alerts([big])
    assert "free some space" in database.explain(store.engine, caught.value)
    with store.begin() as unit:
        assert unit.unrouted_alerts(10) == [ALERT]
    store.close()


def test_the_sixth_call_of_a_minute_is_not_made(store: SqlStore) -> None:
    answers = []
    for seconds in range(6):
        with store.begin() as unit:
            now = NOON + timedelta(seconds=seconds)
            answers.append(unit.take_call("cl", Priority.TEXT, now))
    assert answers == [None] * 5 + [NOON + timedelta(minutes=1)]
    with store.begin() as unit:
        assert unit.calls_by_priority(NOON - timedelta(days=1)) == {Priority.TEXT: 5}


def test_a_call_whose_transaction_fails_is_not_counted(store: SqlStore) -> None:
    with contextlib.suppress(ZeroDivisionError), store.begin() as unit:
        unit.take_call("cl", Priority.TEXT, NOON)
        raise ZeroDivisionError
    with store.begin() as unit:
        assert unit.spending(NOON).calls == ()


def test_what_is_wanted_of_a_source_makes_it_due(store: SqlStore) -> None:
    taken = claim(store)
    assert taken is not None
    soon = NOON + timedelta(minutes=2)
    want = Want("text", SOURCE.source_id, "e1", Priority.TEXT, NOON, soon)
    later = replace(taken.state, next_due_at=NOON + timedelta(hours=6))
    with store.begin() as unit:
        unit.save(PollOutcome(SOURCE.source_id, taken.lease, later, wants=(want,)))
        assert unit.wants_of(SOURCE.source_id) == [want]
    assert claim(store, minutes=1) is None
    again = claim(store, minutes=3)
    assert again is not None
    with store.begin() as unit:
        done = replace(later, next_due_at=NOON + timedelta(hours=12))
        ids = (want.want_id,)
        unit.save(PollOutcome(SOURCE.source_id, again.lease, done, settled_wants=ids))
        assert unit.wants_of(SOURCE.source_id) == []
    assert claim(store, minutes=60) is None


def test_everybody_rests_when_the_server_says_so(store: SqlStore) -> None:
    taken = claim(store)
    assert taken is not None
    until = NOON + timedelta(hours=1)
    with store.begin() as unit:
        unit.save(outcome(taken, blocked_until=until))
    with store.begin() as unit:
        assert unit.take_call("another", Priority.TEXT, NOON) == until
        assert unit.take_call("another", Priority.TEXT, until) is None
