"""Copies of an SQLite database: made while it is written, and put where none is."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from monitor.errors import StoreError, UsageError

T = TypeVar("T")
#: So many pages are copied before others may write; a page has four kilobytes.
_PAGES = 2_000


def copy_database(source: Path, target: Path, check: Callable[[Path], T]) -> T:
    """A copy of one moment, at a place where nothing is; return what `check` said of it.

    Others may go on writing to the source. Nothing stands at the target until all is done.
    Raises UsageError where something is there, StoreError where it cannot be read or written.
    """
    refuse_to_overwrite(target)
    try:
        with _part_file(target) as part:
            _copy(source, part)
            _check_pages(part)
            found = check(part)
            # A link, unlike renaming, never replaces what somebody put there meanwhile.
            os.link(part, target)
            return found
    except FileExistsError as exc:
        raise UsageError(f"{exc.filename2 or exc.filename} is there already: move it away") from exc
    except (OSError, sqlite3.Error) as exc:
        raise StoreError(f"{source} cannot be copied to {target}: {exc}") from exc


def refuse_to_overwrite(target: Path) -> None:
    """Raises UsageError where a database is there, or a log that would be taken for its own."""
    for end in ("", "-wal", "-journal"):
        there = Path(f"{target}{end}")
        if os.path.lexists(there):
            raise UsageError(f"{there} is there already, and is not overwritten: move it away")


@contextlib.contextmanager
def _part_file(target: Path) -> Iterator[Path]:
    """A new file that only its owner reads, gone in the end with what SQLite laid beside it.

    It has a folder of its own: no log of somebody stands there that SQLite would take for its own.
    """
    prefix, beside = f".{target.name[:100]}.", target.parent
    with tempfile.TemporaryDirectory(prefix=prefix, suffix=".part", dir=beside) as folder:
        part = Path(folder) / target.name
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield part


def _copy(source: Path, part: Path) -> None:
    read = sqlite3.connect(f"file:{quote(str(source))}?mode=ro", uri=True, timeout=30)
    with contextlib.closing(read), contextlib.closing(sqlite3.connect(part)) as write:
        # Within a transaction the copy is of one moment, however much is written meanwhile.
        read.execute("BEGIN").close()
        read.execute("SELECT count(*) FROM sqlite_master").fetchone()
        read.backup(write, pages=_PAGES)
        # One file holds it all: no log beside it can be forgotten.
        write.execute("PRAGMA journal_mode=DELETE").close()


def _check_pages(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as copy:
        said = [row[0] for row in copy.execute("PRAGMA integrity_check(3)")]
        broken = copy.execute("PRAGMA foreign_key_check").fetchone()
    if said != ["ok"]:
        raise StoreError(f"the database is damaged: {'; '.join(said)}")
    if broken is not None:
        raise StoreError(f"the database is damaged: a row of {broken[0]} refers to nothing")
