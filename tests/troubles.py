"""What keeps a database from being written: a lock of another program, a disk without room."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.app import App

#: Holds the write lock of a database until its standard input is closed.
HOLDER = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


class Trouble(ABC):
    """What keeps the database from being written, from `begin` to `end`."""

    #: What is said of it: the culprit and the remedy.
    said: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def file(self) -> Path:
        return self.folder / "m.db"

    @abstractmethod
    def begin(self) -> None: ...

    @abstractmethod
    def end(self) -> None: ...


class Locked(Trouble):
    """Another process holds the lock."""

    said = "database is locked: another program holds it; stop it, or wait"
    _holder: subprocess.Popen[str] | None = None

    def begin(self) -> None:
        command = [sys.executable, "-c", HOLDER, str(self.file)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._holder = subprocess.Popen(command, text=True, **pipes)  # type: ignore[call-overload]
        assert self._holder is not None
        assert self._holder.stdout is not None
        assert self._holder.stdout.readline() == "held\n"

    def end(self) -> None:
        if self._holder is not None:
            self._holder.communicate()
            self._holder = None


class FullDisk(Trouble):
    """A small disk of its own, filled to the last byte."""

    said = "database or disk is full: free some space; nothing that was stored is lost"

    def begin(self) -> None:
        with (
            (self.folder / "filler").open("ab", buffering=0) as filler,
            contextlib.suppress(OSError),
        ):
            while filler.write(b"x" * 512):
                pass

    def end(self) -> None:
        (self.folder / "filler").unlink(missing_ok=True)


class FullFile(Trouble):
    """The database may take no further page: what users who may not mount a disk can try."""

    said = FullDisk.said
    is_on = False

    def begin(self) -> None:
        self.is_on = True

    def end(self) -> None:
        self.is_on = False

    def limit(self, connection: sa.Connection) -> None:
        # A limit below what is there already means: no more than that.
        most = 1 if self.is_on else 2**30
        connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def expose(app: App, trouble: Trouble) -> None:
    """Let the trouble reach this database. Half a minute of waiting for a lock would be long."""

    @sa.event.listens_for(app.store.engine, "connect")
    def _shorten(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout = 100").close()

    if isinstance(trouble, FullFile):
        sa.event.listen(app.store.engine, "begin", trouble.limit)
    app.store.engine.dispose()
    app.touch()  # a full disk would not let it be opened
