"""Whether a copy of the database is one that the daemon could go on with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from monitor.errors import DatabaseTooNew, UsageError
from monitor.history.record import reading
from monitor.history.verify import Verification, verify
from monitor.store.database import HEAD, SqlStore, current_revision, open_copy


@dataclass(frozen=True, slots=True)
class CheckedCopy:
    """A copy that can be opened, and what its chain is worth."""

    size: int
    version: str
    #: None for a database of an older version, which had no chain or another one.
    chain: Verification | None


def check_copy(file: Path) -> CheckedCopy:
    """Open it and follow its chain. Raises UsageError where it is no database of this monitor."""
    store = open_copy(file)
    try:
        return _checked(store, file)
    except sa.exc.DBAPIError as exc:
        raise UsageError(f"it is no database of this monitor: {exc.orig}") from exc
    finally:
        store.close()


def _checked(store: SqlStore, file: Path) -> CheckedCopy:
    version = current_revision(store.engine)
    if version is None:
        raise UsageError("it is no database of this monitor: nothing in it says its version")
    if version > HEAD:
        raise DatabaseTooNew(f"it is of version {version}, this program knows {HEAD}")
    if version < HEAD:
        return CheckedCopy(file.stat().st_size, version, None)
    with reading(store) as record:
        return CheckedCopy(file.stat().st_size, version, verify(record))
