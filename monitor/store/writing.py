"""The ways in which rows are written, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


class Writing:
    """A connection in a transaction, and how it adds rows."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        is_sqlite = connection.dialect.name == "sqlite"
        self._insert: Any = sqlite.insert if is_sqlite else postgresql.insert

    def _add(self, table: sa.Table, values: list[dict[str, Any]]) -> None:
        if values:
            self.connection.execute(sa.insert(table), values)

    def _add_new(self, table: sa.Table, values: list[dict[str, Any]]) -> None:
        """Add those whose key is not there: the schema remembers what was told."""
        if values:
            self.connection.execute(self._insert(table).on_conflict_do_nothing(), values)

    def _upsert(
        self,
        table: sa.Table,
        values: list[dict[str, Any]],
        *keys: str,
        keep: tuple[str, ...] = (),
    ) -> None:
        if not values:
            return
        statement = self._insert(table)
        fixed = {*keys, *keep}
        changed = {c.name: statement.excluded[c.name] for c in table.c if c.name not in fixed}
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=changed), values
        )
