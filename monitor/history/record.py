"""The record that questions are put to: read only, and never in the way of the daemon."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from monitor.errors import UsageError
from monitor.history.questions import EntryQuery
from monitor.model.court import courts
from monitor.model.watch import EVERYTHING, Watch
from monitor.normalize.docket_number import same_docket
from monitor.store import schema
from monitor.store.database import SqlStore
from monitor.store.unit import SqlUnit

#: No number of a docket has more digits; whoever types more gets no suggestion.
_DIGITS = re.compile(r"(?<![0-9])[0-9]{1,9}(?![0-9])")
_MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Record:
    """One connection that only reads. What several questions ask of it shows one moment."""

    connection: sa.Connection
    unit: SqlUnit

    def rows(self, query: sa.Select[*tuple[Any, ...]]) -> Any:
        """The rows of a query, one after the other."""
        return self.connection.execute(query)


@contextmanager
def reading(store: SqlStore) -> Iterator[Record]:
    """The record of this store, for as long as it is asked."""
    with store.reading() as connection:
        yield Record(connection, SqlUnit(connection))


def at_one_moment(record: Record) -> None:
    """What is asked from now on is of one moment.

    SQLite's reading transactions see no other anyway.
    """
    if record.connection.dialect.name == "postgresql":
        # Only the first statement of a transaction may ask for this.
        record.connection.rollback()
        record.connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def check_docket(record: Record, query: EntryQuery) -> None:
    """A misspelt docket must not read as "nothing was filed" either.

    Raises UsageError where no docket of this number, court and case was ever seen or watched.
    """
    check_court(query.court_id)
    d, number = schema.dockets, query.docket_number
    watches = record.unit.watches.every()
    stored = record.rows(sa.select(d.c.court_id, d.c.docket_number))
    dockets = {*(tuple(row) for row in stored), *((w.court_id, w.docket_number) for w in watches)}
    case = [watch for watch in watches if watch.case_id == query.case_id]
    fitting = {
        (court_id, one)
        for court_id, one in dockets
        if query.court_id in {"", court_id}
        if not query.case_id or any(_is_about(watch, court_id, one) for watch in case)
    }
    what = " ".join(filter(None, ("docket", repr(number), _place(query))))
    if not any(_is_numbered(one, number) for _, one in fitting):
        elsewhere = sorted(f"{c}/{one}" for c, one in dockets if _is_numbered(one, number))
        if elsewhere:
            raise UsageError(f"no {what} was ever seen; there is {', '.join(elsewhere)}")
        raise _unknown_docket(what, number, {one for _, one in fitting})


def check_court(court_id: str) -> None:
    """A misspelt court must not read as "nothing was filed". Raises UsageError."""
    if court_id and court_id not in courts():
        raise _unknown(f"no court is called {court_id!r}", court_id, courts())


def check_court_of_case(record: Record, case_id: str, court_id: str) -> None:
    """Raises UsageError where no docket of the case is in this court."""
    watches = [watch for watch in record.unit.watches.every() if watch.case_id == case_id]
    there = sorted({watch.court_id for watch in watches})
    if case_id and court_id and court_id not in there:
        raise UsageError(f"{case_id} has no docket in {court_id}; it is in {', '.join(there)}")


def check_listing(record: Record, query: EntryQuery, number: str) -> None:
    """Names that make no sense must not read as "nothing was filed"; `number` is as it was typed.

    Raises UsageError for a case, a court or a docket that nobody knows, or that go not together.
    """
    check_case(record, query.case_id)
    check_court(query.court_id)
    check_court_of_case(record, query.case_id, query.court_id)
    if number:
        check_docket(record, query)


def _place(query: EntryQuery) -> str:
    return " ".join(f"of {name}" for name in (query.court_id, query.case_id) if name)


def _is_about(watch: Watch, court_id: str, number: str) -> bool:
    is_any = watch.docket_number == EVERYTHING
    return watch.court_id == court_id and (is_any or same_docket(watch.docket_number, number))


def _is_numbered(known: str, number: str) -> bool:
    """Whether somebody means this docket, with or without its office and its defendants."""
    is_part = known.endswith(f":{number}") or known.startswith(f"{number}-")
    return bool(number) and (known == number or is_part or f":{number}-" in known)


def _unknown_docket(what: str, number: str, known: Collection[str]) -> UsageError:
    """With the dockets of the same year and serial number, however they are written."""
    digits = _year_and_serial(number)
    alike = sorted(
        one for one in known if digits and _year_and_serial(one)[-len(digits) :] == digits
    )
    if alike:
        names = " or ".join(f"“{one}”" for one in alike[:_MOST_ALIKE])
        return UsageError(f"no {what} was ever seen; did you mean {names}?")
    return _unknown(f"no {what} was ever seen", number, known)


def _year_and_serial(number: str) -> tuple[int, ...]:
    """The numbers that make out a docket number, without its office; a serial may stand alone.

    >>> _year_and_serial("1:25-cv-00457"), _year_and_serial("2025cv457"), _year_and_serial("457")
    ((25, 457), (25, 457), (457,))
    """
    found = _DIGITS.findall(number.rpartition(":")[2])[:2]
    *year, serial = [int(digits) for digits in found] or [0]
    return (*(one % 100 for one in year), serial) if found else ()


def check_recipient(record: Record, name: str) -> None:
    """A misspelt recipient must not read as "nothing was lost". Raises UsageError."""
    told = record.rows(sa.select(schema.deliveries.c.recipient).distinct()).scalars()
    led_to = (name for watch in record.unit.watches.every() for name in watch.leads_to or ())
    known = {*told, *led_to}
    if name and name not in known:
        raise _unknown(f"nothing was ever meant for {name!r}", name, known)


def check_source(record: Record, source_id: str) -> None:
    """A misspelt source must not read as "nothing was seen". Raises UsageError."""
    known = known_sources(record)
    if source_id not in known:
        raise _unknown(f"no source is called {source_id!r}", source_id, known)


def check_case(record: Record, case_id: str) -> None:
    """A misspelt case must not read as "nothing was filed". Raises UsageError."""
    cases = known_cases(record)
    if case_id and case_id not in cases:
        raise _unknown(f"no case is called {case_id!r}", case_id, cases)


def known_cases(record: Record) -> frozenset[str]:
    """Every case that is or was watched."""
    return frozenset(watch.case_id for watch in record.unit.watches.every())


def known_sources(record: Record) -> frozenset[str]:
    """Every source that is or was read."""
    return frozenset(record.rows(sa.select(schema.sources.c.source_id)).scalars())


def _unknown(said: str, name: str, known: Collection[str]) -> UsageError:
    from monitor.settings.problems import did_you_mean

    return UsageError(f"{said}{did_you_mean(name, known)}")
