"""Copies of the database while it is written, and forgetting what nobody was told."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from monitor.errors import DatabaseTooNew, MonitorError, NoDatabase, StoreError, UsageError
from monitor.history.record import reading
from monitor.history.verify import verify
from monitor.model.change import EntryFiled
from monitor.model.push import Push, PushState
from monitor.show.cli.main import cli
from monitor.store import schema
from monitor.store.database import SqlStore, open_store
from tests.feeds import NOON
from tests.story import Story, telling

LONG_AGO = datetime.now(UTC) - timedelta(days=800)


def call(*args: str) -> Result:
    return CliRunner().invoke(cli, list(args))


def refused(done: Result, kind: type[MonitorError]) -> str:
    assert isinstance(done.exception, kind), done.output
    return str(done.exception)


@pytest.fixture
def lived(tmp_path: Path, migrated_file: Path) -> SqlStore:
    """A store in which something happened."""
    shutil.copyfile(migrated_file, tmp_path / "m.db")
    store = open_store(f"sqlite:///{tmp_path}/m.db")
    with store.begin() as unit:
        unit.changes.add([EntryFiled(f"e{n}", "court:dcd") for n in range(50)], NOON)
    return store


def url_of(store: SqlStore) -> str:
    return store.engine.url.render_as_string(hide_password=False)


def head_of(store: SqlStore) -> str:
    with reading(store) as record:
        return verify(record).head


def test_a_backup_is_one_file_of_its_owner_with_the_same_head(
    lived: SqlStore, tmp_path: Path
) -> None:
    done = call("backup", str(tmp_path / "copy.db"), "--database", url_of(lived))
    assert done.exit_code == 0, done.output
    assert head_of(lived) in done.output
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0
    copy = open_store(f"sqlite:///{tmp_path}/copy.db")
    assert head_of(copy) == head_of(lived)
    copy.close()
    assert "not overwritten" in refused(
        call("backup", str(tmp_path / "copy.db"), "--database", url_of(lived)), UsageError
    )


def test_a_backup_made_while_a_writer_writes_is_of_one_moment(
    lived: SqlStore, tmp_path: Path
) -> None:
    stop = threading.Event()

    def write() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            with lived.begin() as unit:
                names = [f"w{n}-{m}-{'x' * 2_000}" for m in range(20)]
                unit.changes.add([EntryFiled(name, "court:dcd") for name in names], NOON)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(5):
            file = str(tmp_path / f"copy{n}.db")
            done = call("backup", file, "--json", "--database", url_of(lived))
            assert done.exit_code == 0, done.output
            assert json.loads(done.stdout)["is_whole"] is True
    finally:
        stop.set()
        writer.join()
    with reading(lived) as record:
        last = json.loads(done.stdout)["head"]
        assert verify(record, last).is_whole


def test_a_tampered_database_is_copied_and_said_to_be(lived: SqlStore, tmp_path: Path) -> None:
    with lived.begin() as unit:
        t = schema.changes
        unit.connection.execute(sa.update(t).where(t.c.change_id == 7).values(kind="x"))
    done = call("backup", str(tmp_path / "copy.db"), "--database", url_of(lived))
    assert done.exit_code == 1
    assert "BROKEN: changed at change 7" in " ".join(done.output.split())
    assert (tmp_path / "copy.db").exists()


def test_a_damaged_page_is_no_backup(lived: SqlStore, tmp_path: Path) -> None:
    lived.close()
    file = tmp_path / "m.db"
    with file.open("r+b") as raw:
        raw.seek(4096 * 3)
        raw.write(os.urandom(4096 * 8))
    done = call("backup", str(tmp_path / "copy.db"), "--database", f"sqlite:///{file}")
    refused(done, StoreError)
    assert list(tmp_path.glob("copy*")) == []


def test_a_restored_database_is_the_one_that_was_backed_up(lived: SqlStore, tmp_path: Path) -> None:
    call("backup", str(tmp_path / "copy.db"), "--database", url_of(lived))
    to = f"sqlite:///{tmp_path}/new/m.db"
    done = call("restore", str(tmp_path / "copy.db"), "--database", to)
    assert done.exit_code == 0, done.output
    restored = open_store(to)
    assert head_of(restored) == head_of(lived)
    restored.close()
    again = call("restore", str(tmp_path / "copy.db"), "--database", to)
    assert "not overwritten" in refused(again, UsageError)


def test_nothing_is_restored_beside_a_log_that_is_left(lived: SqlStore, tmp_path: Path) -> None:
    call("backup", str(tmp_path / "copy.db"), "--database", url_of(lived))
    (tmp_path / "n.db-wal").write_bytes(b"left")
    done = call("restore", str(tmp_path / "copy.db"), "--database", f"sqlite:///{tmp_path}/n.db")
    assert "n.db-wal" in refused(done, UsageError)
    assert not (tmp_path / "n.db").exists()


def test_what_is_no_database_of_ours_is_not_restored(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database" * 500)
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    to = f"sqlite:///{tmp_path}/n.db"
    refused(call("restore", str(tmp_path / "text"), "--database", to), StoreError)
    refused(call("restore", str(tmp_path / "other.db"), "--database", to), UsageError)
    assert not (tmp_path / "n.db").exists()


def test_of_an_older_version_the_pages_are_checked_and_of_a_newer_none_is_restored(
    lived: SqlStore, tmp_path: Path
) -> None:
    lived.close()
    for version, name in (("0011", "old"), ("9999", "new")):
        with sqlite3.connect(tmp_path / "m.db") as connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.close()
        done = call(
            "backup", str(tmp_path / f"{name}.db"), "--database", f"sqlite:///{tmp_path}/m.db"
        )
        if name == "old":
            assert done.exit_code == 0, done.output
            assert "older version" in done.output
        else:
            refused(done, DatabaseTooNew)


def test_without_a_database_there_is_no_backup(tmp_path: Path) -> None:
    done = call("backup", str(tmp_path / "copy.db"), "--database", f"sqlite:///{tmp_path}/m.db")
    refused(done, NoDatabase)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("command", "program"), [("backup", "pg_dump"), ("restore", "pg_restore")])
def test_a_server_has_its_own_program_and_its_password_is_not_said(
    tmp_path: Path, command: str, program: str
) -> None:
    (tmp_path / "f").write_text("")
    url = "postgresql://monitor:hunter2@db.example.org/monitor"
    said = refused(call(command, str(tmp_path / "f"), "--database", url), UsageError)
    assert program in said
    assert "--host=db.example.org --username=monitor --dbname=monitor" in said
    assert "hunter2" not in said


# --- pruning ---


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url, has_token=True) as told:
        told.files(10, "Order", entry=10, text="ORDER denying 7 Motion to Stay")
        await told.polls()
        with told.app.store.begin() as unit:
            old = [
                Push("a", "cl:webhook", LONG_AGO, b"{}", PushState.READ),
                Push("b", "cl:webhook", LONG_AGO, b"{}", PushState.UNREADABLE),
            ]
            unit.pushes.add(old)
            _age(unit.connection)
        yield told


def _age(connection: sa.Connection) -> None:
    """All that is kept lies years back."""
    for table in (schema.api_calls, schema.attempts):
        connection.execute(sa.update(table).values(at=LONG_AGO))
    t = schema.kept_polls
    for n, row in enumerate(connection.execute(sa.select(t.c.source_id, t.c.at)).all()):
        poll = sa.and_(t.c.source_id == row.source_id, t.c.at == row.at)
        connection.execute(sa.update(t).where(poll).values(at=LONG_AGO + timedelta(seconds=n)))
    connection.execute(sa.update(schema.bodies).values(first_kept_at=LONG_AGO))


def rows_of(store: SqlStore) -> dict[str, int]:
    with store.reading() as connection:
        return {
            name: int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)
            for name, table in schema.metadata.tables.items()
        }


def prune(story: Story, *args: str) -> Result:
    return call("prune", *args, "--database", story.database)


async def test_pruning_counts_and_forgets_nothing_until_told_to(story: Story) -> None:
    before = rows_of(story.app.store)
    found = json.loads(prune(story, "--older-than", "2y", "--json").stdout)
    counts = {line["what"]: line["count"] for line in found["pruned"]}
    assert all(counts.values())
    assert (found["is_done"], rows_of(story.app.store)) == (False, before)


async def test_pruning_forgets_what_is_old_and_nothing_that_happened_or_was_told(
    story: Story,
) -> None:
    before, head = rows_of(story.app.store), head_of(story.app.store)
    done = prune(story, "--older-than", "2y", "--yes")
    assert done.exit_code == 0, done.output
    after = rows_of(story.app.store)
    assert {name for name in before if before[name] != after[name]} == {
        "api_calls",
        "attempts",
        "bodies",
        "pushes",
    }
    assert after["pushes"] == 1  # what could not be read stays
    assert head_of(story.app.store) == head
    assert await story.polls() == []


@pytest.mark.parametrize("length", ["29d", "0d", "1y2d", "-3y", "999999999d", "9999y", "soon"])
async def test_what_is_needed_still_is_not_pruned(story: Story, length: str) -> None:
    done = prune(story, "--older-than", length, "--yes")
    assert done.exit_code != 0
    assert isinstance(done.exception, UsageError | SystemExit)


def test_what_somebody_left_beside_a_copy_is_neither_read_nor_removed(
    lived: SqlStore, tmp_path: Path
) -> None:
    left = [tmp_path / f"copy.db.part{end}" for end in ("", "-wal", "-journal", "-shm")]
    for one in left:
        one.write_text("theirs")
    done = call("backup", str(tmp_path / "copy.db"), "--database", url_of(lived))
    assert done.exit_code == 0, done.output
    assert [one.read_text() for one in left] == ["theirs"] * 4
    assert not list(tmp_path.glob(".copy.db.*"))


def test_a_new_configuration_is_not_written_through_a_link(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "monitor.yaml").symlink_to(tmp_path / "elsewhere")
    assert "is there already" in refused(call("init", str(folder)), UsageError)
    assert not (tmp_path / "elsewhere").exists()
