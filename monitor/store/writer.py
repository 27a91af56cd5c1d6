"""The ways in which rows are written, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from monitor.model.evidence import IMPORTED

#: A row to be written: column -> value.
Row = Mapping[str, Any]
#: Databases limit how many values one statement may name.
_AT_ONCE = 400


#: The longest that is given is 21 minutes (twice the longest patience with a source).
_LONGEST_LEASE = timedelta(hours=1)


def is_free(table: sa.FromClause, now: datetime) -> sa.ColumnElement[bool]:
    """Whether nobody holds a row: without a lease, or with one that ran out.

    A lease that ends later than any that is given was taken under a clock that ran ahead.
    """
    until = table.c.lease_until
    return sa.or_(table.c.lease == "", until < now, until > now + _LONGEST_LEASE)


def is_own(name: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Whether a source or an entry is ours, and not another installation's."""
    return name.not_like(f"{IMPORTED}%")


class Writer:
    """A connection in a transaction, and how it adds rows."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        is_sqlite = connection.dialect.name == "sqlite"
        self._insert: Any = sqlite.insert if is_sqlite else postgresql.insert

    def add(self, table: sa.Table, rows: Sequence[Row]) -> None:
        if rows:
            self.connection.execute(sa.insert(table), rows)

    def add_new(self, table: sa.Table, rows: Sequence[Row]) -> None:
        """Add those whose key is not there: the schema remembers what was told."""
        if rows:
            self.connection.execute(self._insert(table).on_conflict_do_nothing(), rows)

    def add_or_change(
        self, table: sa.Table, row: Row, key: str, changed: Mapping[str, sa.ColumnElement[Any]]
    ) -> None:
        """Add a row; where its key is there, change that one so, from what stands in it."""
        statement = self._insert(table).values(**row)
        statement = statement.on_conflict_do_update(index_elements=[key], set_=dict(changed))
        self.connection.execute(statement)

    def upsert(
        self,
        table: sa.Table,
        rows: Sequence[Row],
        *keys: str,
        keep: Collection[str] = (),
        only: Collection[str] = (),
    ) -> None:
        """Add rows; of those whose key is there, write all columns but `keep` (or just `only`)."""
        if not rows:
            return
        statement = self._insert(table)
        fixed = {*keys, *keep}
        names = only or [column.name for column in table.c if column.name not in fixed]
        changed = {name: statement.excluded[name] for name in names}
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=changed), rows
        )

    def ids(self, queries: Iterable[sa.Select[Any]]) -> set[str]:
        """The first column of these queries, together."""
        return {row[0] for query in queries for row in self.connection.execute(query)}


def chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    """Values in portions that one statement may name, sorted."""
    ordered = sorted(values)
    return (ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE))
