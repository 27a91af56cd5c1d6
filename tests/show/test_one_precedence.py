"""Flag, environment, file: one precedence for whatever looks up, reads or changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.show.cli.main import cli
from monitor.store.database import open_store

WATCH = "ctr/dcd/1:25-cv-00457"
CONFIG = (
    "database: sqlite:///file.db\npacks: [pack.yaml]\ncourtlistener: {token: {env: NO_TOKEN}}\n"
)
PACK = """\
pack: p
cases: [{id: ctr, label: CTR, dockets: [{court: dcd, number: "1:25-cv-00457"}]}]
"""
PROPOSED = (
    "INSERT INTO follows VALUES ('f', 'dcd/1:25-cv-00457', 'cadc', '26-5006', 'proposed', 'e', 'r',"
    " 'ctr', 'CTR', '2026-03-04 15:00:00.000000', '')"
)
WRITERS: dict[str, tuple[str, ...]] = {
    "add": ("watch", "add", "dcd", "1:26-cv-00001"),
    "pause": ("watch", "pause", WATCH),
    "resume": ("watch", "resume", WATCH),
    "remove": ("watch", "remove", "dcd-1-26-cv-00002/dcd/1:26-cv-00002"),
    "confirm": ("watch", "confirm", "cadc/26-5006"),
    "refuse": ("watch", "refuse", "cadc/26-5006"),
    "retry": ("deliveries", "retry", "--all-dead"),
}
READERS: dict[str, tuple[str, ...]] = {
    "history": ("history",),
    "status": ("status",),
    "sources": ("sources",),
    "watch list": ("watch", "list"),
    "watch show": ("watch", "show", WATCH),
    "deliveries": ("deliveries", "list"),
    "quota": ("quota",),
    "coverage": ("coverage",),
}


def call(folder: Path, *args: str, **env: str) -> Result:
    known = {"DOCKET_MONITOR_DATABASE": "", "DOCKET_MONITOR_CONFIG": ""}
    runner = CliRunner(env=known | env)
    return runner.invoke(cli, ["--config", str(folder / "monitor.yaml"), *args])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration that names file.db, and two databases that hold the same."""
    (tmp_path / "monitor.yaml").write_text(CONFIG)
    (tmp_path / "pack.yaml").write_text(PACK)
    for name in ("flag", "env"):
        url = f"sqlite:///{tmp_path}/{name}.db"
        call(tmp_path, "watch", "add", "dcd", "1:26-cv-00002", "--database", url)
        with sqlite3.connect(tmp_path / f"{name}.db") as connection:
            connection.execute(PROPOSED)
        connection.close()
    assert not (tmp_path / "file.db").exists()
    return tmp_path


def bytes_of(folder: Path, name: str) -> list[str]:
    """What a database holds, row by row. An index of words holds none that could be read."""
    kept = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    with sqlite3.connect(folder / f"{name}.db") as connection:
        tables = [row[0] for row in connection.execute(f"{kept} ORDER BY name")]
        return [
            f"{table} {row!r}"
            for table in tables
            for row in connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        ]


@pytest.mark.parametrize("name", WRITERS)
def test_what_changes_watches_works_on_what_is_named(folder: Path, name: str) -> None:
    env = {"DOCKET_MONITOR_DATABASE": f"sqlite:///{folder}/env.db"}
    before = {one: bytes_of(folder, one) for one in ("flag", "env")}
    changes = name not in {"resume", "retry"}
    done = call(folder, *WRITERS[name], **env)
    assert done.exit_code == 0, done.output
    assert (bytes_of(folder, "env") != before["env"]) == changes
    assert bytes_of(folder, "flag") == before["flag"]
    before = {one: bytes_of(folder, one) for one in ("flag", "env")}
    flag = ("--database", f"sqlite:///{folder}/flag.db")
    assert call(folder, *WRITERS[name], *flag, **env).exit_code == 0
    assert (bytes_of(folder, "flag") != before["flag"]) == changes
    assert bytes_of(folder, "env") == before["env"]
    assert not (folder / "file.db").exists()


@pytest.mark.parametrize("name", READERS)
def test_what_looks_up_asks_what_is_named(folder: Path, name: str) -> None:
    env = {"DOCKET_MONITOR_DATABASE": f"sqlite:///{folder}/env.db"}
    assert call(folder, *READERS[name], **env).exit_code == 0
    assert "file.db" in str(call(folder, *READERS[name]).exception)
    gone = ("--database", f"sqlite:///{folder}/gone.db")
    assert "gone.db" in str(call(folder, *READERS[name], *gone, **env).exception)


def test_a_replay_never_goes_into_the_daemons_database(folder: Path) -> None:
    url = f"sqlite:///{folder}/env.db"
    before = bytes_of(folder, "env")
    (folder / "bodies").mkdir()
    feed = (
        b"<rss version='2.0'><channel><title>x</title>"
        b"<lastBuildDate>Tue, 06 Dec 2022 17:00:00 GMT</lastBuildDate></channel></rss>"
    )
    (folder / "bodies" / "20221206T172754Z.xml").write_bytes(feed)
    args = ("replay", str(folder / "bodies"), "--court", "dcd", "--everything")
    call(folder, *args, DOCKET_MONITOR_DATABASE=url)
    assert bytes_of(folder, "env") == before


# --- a shell that lacks the daemon's token ---

STEER: dict[str, Callable[[Path], Result]] = {
    name: lambda folder, args=args: call(folder, *args)
    for name, args in WRITERS.items()
    if name != "retry"
} | {"poll": lambda folder: call(folder, "poll", "nothing")}


@pytest.mark.parametrize("name", STEER)
def test_steering_from_a_shell_without_the_token_switches_nothing_off(
    tmp_path: Path, name: str
) -> None:
    def on() -> set[str]:
        store = open_store(f"sqlite:///{tmp_path}/file.db")
        with store.reading() as connection:
            query = "SELECT source_id FROM sources WHERE enabled AND source_id LIKE 'cl:%'"
            found = set(connection.exec_driver_sql(query).scalars())
        store.close()
        return found

    (tmp_path / "monitor.yaml").write_text(CONFIG)
    (tmp_path / "pack.yaml").write_text(PACK)
    call(tmp_path, "watch", "add", "dcd", "1:26-cv-00002", NO_TOKEN="t0k3n")
    with sqlite3.connect(tmp_path / "file.db") as connection:
        connection.execute(PROPOSED)
    connection.close()
    before = on()
    assert "cl:usage" in before
    STEER[name](tmp_path)
    kept = {one for one in before if "cl:usage" in one or "00457" in one}
    assert on() >= (kept if name != "pause" else {"cl:usage"})


def test_a_poll_that_needs_the_token_is_refused_where_it_is_not_at_hand(folder: Path) -> None:
    done = call(folder, "poll", "cl:usage", "--database", f"sqlite:///{folder}/env.db")
    assert "NO_TOKEN is not set" in str(done.exception)
