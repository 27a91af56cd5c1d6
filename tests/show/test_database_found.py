"""Which database is meant, that an old one stays as it is, and that reading takes no right to write."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from monitor.errors import DatabaseTooOld, MonitorError, NoDatabase, StoreError
from monitor.show.cli.main import cli
from monitor.store.database import HEAD, open_existing, open_store, sqlite_file
from tests.upgrade.test_upgrade import DUMP

NOBODY = 65534
CONFIG = "database: sqlite:///m.db\npacks: [pack.yaml]\n"
PACK = """\
pack: p
cases: [{id: ctr, label: CTR, dockets: [{court: dcd, number: "1:25-cv-00457"}]}]
"""
WATCH = "ctr/dcd/1:25-cv-00457"
READERS = [
    ["history"],
    ["status"],
    ["sources"],
    ["coverage"],
    ["quota"],
    ["watch", "list"],
    ["watch", "show", WATCH],
    ["deliveries", "list"],
]
WRITERS = [
    ["poll", "court:dcd"],
    ["watch", "add", "dcd", "1:26-cv-00001"],
    ["watch", "pause", WATCH],
    ["watch", "confirm", "cadc/26-5006"],
    ["deliveries", "retry", "--all-dead"],
]


def folder_with(folder: Path, database: str = "sqlite:///m.db") -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    (folder / "monitor.yaml").write_text(CONFIG.replace("sqlite:///m.db", database))
    (folder / "pack.yaml").write_text(PACK)
    return folder


def call(folder: Path, *args: str) -> str:
    env = {"DOCKET_MONITOR_DATABASE": "", "DOCKET_MONITOR_CONFIG": ""}
    done = CliRunner(env=env).invoke(cli, ["--config", str(folder / "monitor.yaml"), *args])
    if isinstance(done.exception, MonitorError):
        raise done.exception
    assert done.exit_code == 0, f"{done.output} {done.exception!r}"
    return done.output


# --- older versions ---


@pytest.fixture
def old(tmp_path: Path) -> Path:
    with sqlite3.connect(folder_with(tmp_path) / "m.db") as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(DUMP.read_text())
    connection.close()
    return tmp_path


@pytest.mark.parametrize("args", [*READERS, *WRITERS], ids=" ".join)
def test_an_older_database_is_named_as_that_and_left_as_it_is(old: Path, args: list[str]) -> None:
    before = (old / "m.db").read_bytes()
    with pytest.raises(DatabaseTooOld, match=rf"version 0004, not {HEAD}.*docket-monitor run"):
        call(old, *args)
    assert (old / "m.db").read_bytes() == before


def test_check_warns_of_an_older_database_which_run_brings_up_to_date(old: Path) -> None:
    before = (old / "m.db").read_bytes()
    assert "older than this program" in " ".join(call(old, "check").split())
    assert (old / "m.db").read_bytes() == before
    open_store(f"sqlite:///{old}/m.db").close()
    call(old, "watch", "add", "dcd", "1:26-cv-00001")


def test_a_replay_does_not_upgrade_either(old: Path, tmp_path: Path) -> None:
    (tmp_path / "bodies").mkdir()
    args = ["replay", str(tmp_path / "bodies"), "--court", "dcd", "--everything"]
    with pytest.raises(MonitorError):
        call(old, *args, "--database", f"sqlite:///{old}/m.db")


# --- one URL is one file ---


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("a%20b.db", "a b.db"),
        ("a b.db", "a b.db"),
        ("a%2525.db", "a%25.db"),
        ("50%.db", "50%.db"),
        ("a+b.db", "a+b.db"),
        ("büro.db", "büro.db"),
        ("sub/../m.db", "m.db"),
        ("m.db?timeout=5", "m.db"),
    ],
)
@pytest.mark.parametrize("name", ["plain", "with blank", "50%20off", "100%", "a#b"])
def test_one_url_is_one_file_for_writer_and_reader(
    tmp_path: Path, path: str, file: str, name: str
) -> None:
    folder = folder_with(tmp_path / name, f'"sqlite:///{path}"')
    call(folder, "watch", "add", "dcd", "1:26-cv-00001")
    made = {one.name for one in tmp_path.rglob("*") if one.suffix == ".db"}
    assert made == {file}
    assert (folder / file).exists()
    assert "1:26-cv-00001" in call(folder, "watch", "list")
    assert "1 " not in call(folder, "deliveries", "list")


def test_a_home_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = folder_with(tmp_path / "c", '"sqlite:///~/m.db"')
    call(folder, "watch", "add", "dcd", "1:26-cv-00001")
    assert (tmp_path / "home" / "m.db").exists()
    assert "1:26-cv-00001" in call(folder, "watch", "list")
    assert sqlite_file("sqlite:///~/m.db") == tmp_path / "home" / "m.db"


def test_looking_things_up_makes_nothing(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "c", "sqlite:///var/deep/m.db")
    for args in READERS:
        with pytest.raises(NoDatabase, match="docket-monitor run"):
            call(folder, *args)
    assert {one.name for one in folder.iterdir()} == {"monitor.yaml", "pack.yaml"}


# --- readers ---


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """A user who owns nothing; root comes back afterwards."""
    if os.geteuid() == 0:
        os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        if os.getresuid()[2] == 0:
            os.setresuid(0, 0, 0)


@pytest.fixture
def readable(tmp_path: Path) -> Iterator[Path]:
    """A folder that others may look into, and a database that they may read."""
    folder = folder_with(tmp_path / "c")
    call(folder, "watch", "add", "dcd", "1:26-cv-00001")
    for one in (folder, *folder.parents):
        if one.stat().st_uid == os.geteuid() and one != Path("/") and one != Path("/tmp"):
            one.chmod(one.stat().st_mode | 0o055)
    for one in folder.iterdir():
        one.chmod(0o444)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


@pytest.mark.parametrize("is_running", [False, True], ids=["daemon stopped", "daemon running"])
def test_who_may_only_read_can_look_everything_up(readable: Path, *, is_running: bool) -> None:
    daemon = open_store(f"sqlite:///{readable}/m.db") if is_running else None
    if daemon is not None:
        with daemon.begin() as unit:
            unit.sources.disable_except([])
    before = {one.name for one in readable.iterdir()}
    said = [call(readable, *args) for args in READERS]  # and every module is loaded now
    with as_nobody():
        assert [call(readable, *args) for args in READERS] == said
        assert {one.name for one in readable.iterdir()} == before
        with pytest.raises(StoreError, match=r"may not write|unable to open"):
            call(readable, "watch", "pause", WATCH)
    if daemon is not None:
        daemon.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_a_folder_that_one_may_not_look_into_is_said(readable: Path) -> None:
    readable.chmod(0o700)
    url = f"sqlite:///{readable}/m.db"
    with as_nobody(), pytest.raises(StoreError, match="may not look into"):
        open_existing(url)


def test_a_role_that_may_only_select_can_look_everything_up(tmp_path: Path, postgres: str) -> None:
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE readers")
        connection.execute("CREATE ROLE reader LOGIN")
    url = postgres.replace("/postgres", "/readers")
    folder = folder_with(tmp_path / "c", url)
    call(folder, "watch", "add", "dcd", "1:26-cv-00001")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    theirs = url.replace("monitor@", "reader@")
    for args in READERS:
        call(folder, *args, "--database", theirs)
    with pytest.raises(MonitorError, match="no right to it"):
        call(folder, "watch", "pause", WATCH, "--database", theirs)
    store = open_existing(url)
    with store.reading() as connection_:
        assert connection_.exec_driver_sql("SELECT count(*) FROM watches").scalar()
    store.close()
