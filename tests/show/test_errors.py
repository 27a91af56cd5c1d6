"""What goes wrong is one clear line that names culprit and remedy; and what is logged is one line."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.show.logs import FieldFormatter
from monitor.store.database import open_store

MAIN = [sys.executable, "-m", "monitor"]
CONFIG = "database: sqlite:///m.db\n"


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """The program as people start it, in a folder of its own."""
    root = str(Path(__file__).parents[2])
    known = {k: v for k, v in os.environ.items() if not k.startswith("DOCKET_MONITOR")}
    return subprocess.run(
        [*MAIN, *args],
        cwd=folder,
        env=known | {"PYTHONPATH": root, "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def nothing(folder: Path) -> None:
    pass


def config(text: str = CONFIG) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "config").mkdir()
        (folder / "config" / "monitor.yaml").write_text(text)

    return write


def database(folder: Path) -> None:
    config()(folder)
    open_store(f"sqlite:///{folder}/config/m.db").close()


def newer(folder: Path) -> None:
    database(folder)
    with sqlite3.connect(folder / "config" / "m.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def no_database(folder: Path) -> None:
    config()(folder)
    (folder / "config" / "m.db").write_bytes(b"Dear Sir or Madam,\n" * 500)


def empty_database(folder: Path) -> None:
    config()(folder)
    (folder / "config" / "m.db").touch()


def folder_for_database(folder: Path) -> None:
    config()(folder)
    (folder / "config" / "m.db").mkdir()


def locked_folder(folder: Path) -> None:
    """A file stands where the database's folder should be: nobody may make one there."""
    config("database: sqlite:///var/m.db\n")(folder)
    (folder / "config" / "var").touch()


GOES_WRONG = {
    "no configuration": (nothing, ["history"], ("config/monitor.yaml", "docket-monitor init")),
    "no such configuration": (
        nothing,
        ["--config", "other.yaml", "status"],
        ("other.yaml", "docket-monitor init"),
    ),
    "broken YAML": (config("database: [\n"), ["sources"], ("monitor.yaml:", "not YAML")),
    "no mapping": (config("- a\n- b\n"), ["history"], ("monitor.yaml:1", "keys and values")),
    "a misspelt key": (
        config("databas: sqlite:///m.db\n"),
        ["run", "--once"],
        ("monitor.yaml:1: databas", "did you mean “database”"),
    ),
    "no database": (config(), ["history"], ("m.db", "docket-monitor run")),
    "no database to send from": (
        config(),
        ["deliveries", "retry", "--all-dead"],
        ("m.db", "docket-monitor run"),
    ),
    "an empty database": (empty_database, ["status"], ("database", "docket-monitor run")),
    "a newer database": (newer, ["history"], ("version 9999", "install a newer")),
    "a newer database for the daemon": (
        newer,
        ["run", "--once"],
        ("version 9999", "install a newer"),
    ),
    "another file": (no_database, ["history"], ("m.db", "the file is something else")),
    "another file for the daemon": (
        no_database,
        ["run", "--once"],
        ("m.db", "the file is something else"),
    ),
    "a folder": (folder_for_database, ["watch", "list"], ("m.db", "check that the folder")),
    "a locked folder": (locked_folder, ["run", "--once"], ("var", "cannot make the folder")),
    "no database URL": (
        config("database: monitor.db\n"),
        ["history"],
        ("'monitor.db'", "sqlite:///monitor.db"),
    ),
    "another kind of database": (
        nothing,
        ["history", "--database", "mysql://h/d"],
        ("mysql", "postgresql://"),
    ),
    "a server that is down": (
        nothing,
        ["history", "--database", "postgresql://u:geheim@127.0.0.1:1/d"],
        ("127.0.0.1:1", "check that the server runs"),
    ),
    "a word that is no case": (database, ["status", "nope"], ("'nope'", "no case")),
    "no lines to classify": (nothing, ["classify", os.devnull], ("nothing to classify", "--text")),
}


@pytest.mark.parametrize("name", GOES_WRONG)
def test_what_goes_wrong_is_one_line_with_culprit_and_remedy(tmp_path: Path, name: str) -> None:
    prepare, args, (culprit, remedy) = GOES_WRONG[name]
    prepare(tmp_path)
    done = run(tmp_path, *args)
    assert done.returncode == 1
    assert done.stdout == ""
    # The daemon also warns of what is merely unwise: on lines of their own.
    (line,) = (one for one in done.stderr.splitlines() if ": warning: " not in one)
    assert line.startswith("docket-monitor: ")
    assert culprit in line
    assert remedy in line
    assert "geheim" not in done.stderr


@pytest.mark.parametrize("name", ["no database", "a newer database", "another file"])
def test_what_goes_wrong_is_left_as_it_was(tmp_path: Path, name: str) -> None:
    prepare, args, _ = GOES_WRONG[name]
    prepare(tmp_path)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*.db")}
    run(tmp_path, *args)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*.db")} == before


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is locked to root")
def test_a_folder_that_may_not_be_written_to_is_named(tmp_path: Path) -> None:
    config("database: sqlite:///var/m.db\n")(tmp_path)
    (tmp_path / "config").chmod(0o500)
    done = run(tmp_path, "run", "--once")
    assert done.returncode == 1
    assert "cannot make the folder" in done.stderr


def test_every_mistake_of_a_configuration_is_a_line_of_its_own(tmp_path: Path) -> None:
    config("databas: x\nrecipient: []\n")(tmp_path)
    done = run(tmp_path, "run")
    assert done.returncode == 1
    assert [":1: " in line or ":2: " in line for line in done.stderr.splitlines()] == [True, True]


def test_a_wrong_call_is_told_apart_from_a_failure(tmp_path: Path) -> None:
    for args in (["histry"], ["history", "--sinse", "x"], ["watch", "lst"], ["show"]):
        done = run(tmp_path, *args)
        assert done.returncode == 2
        assert "--help" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_configuration_is_not_written_over(tmp_path: Path) -> None:
    assert run(tmp_path, "init").returncode == 0
    mine = tmp_path / "config" / "monitor.yaml"
    mine.write_text("mine: true\n")
    done = run(tmp_path, "init")
    assert done.returncode == 1
    assert "--force" in done.stderr
    assert mine.read_text() == "mine: true\n"
    assert run(tmp_path, "init", "--force").returncode == 0
    assert run(tmp_path, "check").returncode == 0


def test_two_secrets_are_never_the_same(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "--secret").stdout != run(tmp_path, "init", "--secret").stdout
    assert list(tmp_path.iterdir()) == []


# --- logs ---


def logged(message: str = "polled", *, as_json: bool, **fields: object) -> str:
    record = logging.makeLogRecord({"msg": message, "levelname": "INFO", "created": 0.0, **fields})
    return FieldFormatter(as_json=as_json).format(record)


def test_a_line_of_the_log_names_its_fields() -> None:
    said = logged(as_json=False, source_id="court:dcd", items=3, failed="", reason="HTTP 500 Oops")
    assert said == (
        '1970-01-01T00:00:00Z INFO polled source_id=court:dcd items=3 reason="HTTP 500 Oops"'
    )


@pytest.mark.parametrize(
    "hostile",
    ["a\n2026-01-01T00:00:00Z INFO delivered", "a\r\nb", "a\u2028b", "a\x85b", "a\x0cb", "\n"],
)
def test_fetched_text_forges_no_line_of_the_log(hostile: str) -> None:
    for as_json in (False, True):
        line = logged(as_json=as_json, reason=hostile)
        assert len(line.splitlines()) == 1
    assert json.loads(logged(as_json=True, reason=hostile))["reason"] == hostile


def test_a_log_of_json_is_read_line_by_line() -> None:
    bug = ValueError("two\nlines")
    line = logged(
        as_json=True, exc_info=(ValueError, bug, None), source_id="court:dcd", thing={1, 2}
    )
    assert len(line.splitlines()) == 1
    found = json.loads(line)
    assert found["level"] == "INFO"
    assert found["at"].endswith("Z")
    assert "ValueError" in found["traceback"]


@pytest.mark.parametrize("form", [["--json"], ["--log-format", "json"]])
def test_the_daemon_logs_json_where_it_is_asked_to(tmp_path: Path, form: list[str]) -> None:
    config()(tmp_path)
    done = run(tmp_path, "run", "--once", *form)
    assert done.returncode == 0
    assert done.stdout == ""
    warned = [line for line in done.stderr.splitlines() if "warning" in line]
    rest = [json.loads(line) for line in done.stderr.splitlines() if line not in warned]
    assert warned
    assert all({"at", "level", "message"} <= set(line) for line in rest)
