"""The index of words follows its tables, is filled by the migration, and survives what files do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.history import entries as history
from monitor.history.answers import EntryPage
from monitor.history.conditions import is_standing, newest, newest_first
from monitor.history.questions import EntryQuery
from monitor.history.record import reading
from monitor.store import schema
from monitor.store.database import SqlStore, make_engine, open_store, upgrade
from monitor.store.migrations.search_0012 import drop_search, make_search
from tests.feeds import NOON
from tests.history.test_paging import keep
from tests.history.test_search import found, keep_stories, name_of, page, story
from tests.make import docket, entry


def test_what_was_stored_before_is_found_after_the_upgrade(bare_database_url: str) -> None:
    engine = make_engine(bare_database_url)
    upgrade(engine, "0011")
    older = SqlStore(engine)
    keep(older, entry("e1", "ORDER about pears", events=["Minute Order"]))
    keep_stories(older, story("s1", "Pears are ripe"))
    older.close()
    store = open_store(bare_database_url)
    assert set(found(store, "pears")) == {"e1", "s1"}
    assert found(store, "minute doe") == ["e1"]
    keep(store, entry("e1", "ORDER about apples"))
    assert found(store, "pears") == ["s1"]
    store.close()


def test_the_index_can_be_made_anew(store: SqlStore) -> None:
    """As a migration must that makes one of its tables anew."""
    keep(store, entry("e1", "ORDER about pears"))
    keep_stories(store, story("s1", "Pears are ripe"))
    with store.begin() as unit:
        drop_search(unit.connection)
    keep(store, entry("e1", "ORDER about apples"))
    with store.begin() as unit:
        make_search(unit.connection)
    assert (found(store, "apples"), found(store, "pears")) == (["e1"], ["s1"])
    keep(store, entry("e2", "ORDER about plums"))
    assert found(store, "plums") == ["e2"]


def test_a_table_can_be_made_anew_between(store: SqlStore) -> None:
    """SQLite refuses to rename a table that a view still names."""
    if store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL changes its tables in place")
    keep(store, entry("e1", "ORDER about pears"))
    driver = sa.text("PRAGMA foreign_keys=OFF")
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(driver)
        drop_search(connection)
        connection.exec_driver_sql("CREATE TABLE anew AS SELECT * FROM stories")
        connection.exec_driver_sql("DROP TABLE stories")
        connection.exec_driver_sql("ALTER TABLE anew RENAME TO stories")
        make_search(connection)
    assert found(store, "pears") == ["e1"]


def test_packing_the_file_mixes_nothing_up(store: SqlStore) -> None:
    keep(store, *(entry(f"e{n}", f"ORDER number{n}") for n in range(50)))
    with store.begin() as unit:
        unit.connection.exec_driver_sql("DELETE FROM entries WHERE entry_id < 'e3'")
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if store.engine.dialect.name == "sqlite":
            # The transaction that the engine begins would forbid it.
            connection.connection.driver_connection.rollback()  # type: ignore[union-attr]
            connection.connection.driver_connection.execute("VACUUM").close()  # type: ignore[union-attr]
        else:
            connection.exec_driver_sql("VACUUM FULL")
    assert found(store, "number7") == ["e7"]
    assert found(store, "number1") == []


def test_what_is_deleted_is_forgotten(store: SqlStore) -> None:
    keep(store, entry("e1", "ORDER about pears"))
    keep_stories(store, story("s1", "Pears are ripe"))
    with store.begin() as unit:
        unit.connection.exec_driver_sql("DELETE FROM entries")
        unit.connection.exec_driver_sql("DELETE FROM stories")
    assert found(store, "pears") == []
    keep(store, entry("e2", "ORDER about apples"))
    assert found(store, "apples") == ["e2"]
    with store.begin() as unit:
        left = unit.connection.exec_driver_sql("SELECT count(*) FROM searchable_stories").scalar()
    assert left == 0


def test_a_story_whose_words_change_is_found_by_the_new_ones(store: SqlStore) -> None:
    keep_stories(store, story("s1", "Pears are ripe"))
    with store.begin() as unit:
        unit.connection.exec_driver_sql("UPDATE stories SET title = 'Apples are ripe'")
    assert (found(store, "pears"), found(store, "apples")) == ([], ["s1"])


def test_an_entry_whose_day_changes_is_found_in_its_new_place(store: SqlStore) -> None:
    """The index brings the newest days first: an entry moves within it with its day."""
    days = [date(2026, 3, n) for n in range(1, 7)]
    keep(
        store, *(entry(f"e{n}", "ORDER about pears", date_filed=day) for n, day in enumerate(days))
    )
    assert found(store, "pears") == ["e5", "e4", "e3", "e2", "e1", "e0"]
    keep(store, entry("e1", "ORDER about pears", date_filed=date(2026, 4, 1)))
    keep(store, entry("e4", "ORDER about pears", date_filed=None))
    assert found(store, "pears") == ["e1", "e5", "e3", "e2", "e0", "e4"]
    keep(store, entry("e4", "ORDER about pears and plums", date_filed=date(2026, 3, 2)))
    assert found(store, "pears") == ["e1", "e5", "e3", "e2", "e4", "e0"]
    assert found(store, "plums") == ["e4"]


def test_the_index_brings_entries_as_they_are_listed(store: SqlStore) -> None:
    """Hours far from the day of filing, on either side, and none: each page begins where one ended."""
    at = NOON - timedelta(days=3)
    times = [
        None,
        *(at + timedelta(hours=22 * (n // 2), minutes=20 * (n % 2)) for n in range(14)),
        at.replace(year=1),
    ]
    days = [None, date(2026, 3, 2), date(2026, 3, 1)]
    keep(store, *(
        entry(f"e{n:03}", "ORDER about pears", date_filed=days[n % 3], published_at=times[n // 3])
        for n in range(48)
    ))  # fmt: skip
    listed = [one.entry_id for one in page_of(store).entries]
    assert len(listed) == 48
    assert found(store, "pears") == listed
    shown, cursor = [], ""
    for _ in range(10):
        some = page(store, "pears", 5, cursor)
        shown += [name_of(hit) for hit in some.hits]
        cursor = some.next_cursor
    assert (shown, cursor) == (listed, "")
    keep(store, entry(listed[0], "ORDER about pears", date_filed=days[1], published_at=None))
    assert found(store, "pears") == [one.entry_id for one in page_of(store).entries]


def test_words_of_some_days_are_found_with_what_bears_no_day(store: SqlStore) -> None:
    """What has no day of filing counts as filed when it was first seen: on 2 March."""
    days = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3), None]
    keep(
        store, *(entry(f"e{n}", "ORDER about pears", date_filed=day) for n, day in enumerate(days))
    )
    assert found(store, "pears filed:>=2026-03-02") == ["e2", "e1", "e3"]
    assert found(store, "pears filed:<=2026-03-02") == ["e1", "e0", "e3"]
    assert found(store, "pears filed:2026-03-01") == ["e0"]
    assert found(store, "pears filed:<=2200-12-31") == ["e2", "e1", "e0", "e3"]


def page_of(store: SqlStore) -> EntryPage:
    with reading(store) as record:
        return history.page(record, EntryQuery())


def test_the_index_is_sound_after_many_changes(store: SqlStore) -> None:
    for round_ in range(5):
        some = [entry(f"e{n}", f"ORDER {'pear ' * n}round{round_}") for n in range(20)]
        keep(store, *some, dockets=[docket()])
    assert len(found(store, "round4")) == 20
    assert found(store, "round3") == []
    if store.engine.dialect.name == "sqlite":
        with store.begin() as unit:
            check = "INSERT INTO entry_search (entry_search) VALUES ('integrity-check')"
            unit.connection.exec_driver_sql(check)


def test_an_index_serves_each_listing(store: SqlStore) -> None:
    """What sorts by anything else would read every row of a docket for one page."""
    e = schema.entries
    some = newest_first(sa.select(e.c.entry_id).where(is_standing()), newest(), None).limit(50)
    for query, index in (
        (some, "ix_entries_newest"),
        (some.where(e.c.docket_id == "dcd/1:25-cv-00457"), "ix_entries_docket_newest"),
    ):
        plan = _plan(store, query)
        assert index in plan
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan


def _plan(store: SqlStore, query: sa.Select[Any]) -> str:
    sql = query.compile(store.engine, compile_kwargs={"literal_binds": True})
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "sqlite":
            return str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").all())
        # Else it would read a small table whole, whatever indexes it has.
        for other in ("seqscan", "sort", "bitmapscan"):
            connection.exec_driver_sql(f"SET enable_{other} = off")
        return str(connection.exec_driver_sql(f"EXPLAIN {sql}").all())
