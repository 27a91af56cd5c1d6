"""The record that questions are put to: read only, and never in the way of the daemon."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from monitor.errors import UsageError
from monitor.store import schema
from monitor.store.database import SqlStore
from monitor.store.unit import SqlUnit


@dataclass(frozen=True, slots=True)
class Record:
    """One connection that only reads. What several questions ask of it shows one moment."""

    connection: sa.Connection
    unit: SqlUnit

    def rows(self, query: sa.Select[Any]) -> Any:
        """The rows of a query, one after the other."""
        return self.connection.execute(query)


@contextmanager
def reading(store: SqlStore) -> Iterator[Record]:
    """The record of this store, for as long as it is asked."""
    with store.reading() as connection:
        yield Record(connection, SqlUnit(connection))


def check_docket(record: Record, number: str) -> None:
    """A misspelt number must not read as "nothing was filed" either. Raises UsageError."""
    stored = record.rows(sa.select(schema.dockets.c.docket_number)).scalars()
    known = {*stored, *(watch.docket_number for watch in record.unit.watches.every())}
    is_known = any(
        one == number or one.endswith(f":{number}") or one.startswith(f"{number}-") for one in known
    )
    if not number or not is_known:
        raise _unknown(f"no docket {number!r} was ever seen", number, known)


def check_recipient(record: Record, name: str) -> None:
    """A misspelt recipient must not read as "nothing was lost". Raises UsageError."""
    told = record.rows(sa.select(schema.deliveries.c.recipient).distinct()).scalars()
    led_to = (name for watch in record.unit.watches.every() for name in watch.leads_to or ())
    known = {*told, *led_to}
    if name and name not in known:
        raise _unknown(f"nothing was ever meant for {name!r}", name, known)


def check_case(record: Record, case_id: str) -> None:
    """A misspelt case must not read as "nothing was filed". Raises UsageError."""
    cases = {watch.case_id for watch in record.unit.watches.every()}
    if case_id and case_id not in cases:
        raise _unknown(f"no case is called {case_id!r}", case_id, cases)


def _unknown(said: str, name: str, known: Collection[str]) -> UsageError:
    from monitor.settings.problems import did_you_mean

    return UsageError(f"{said}{did_you_mean(name, known)}")
