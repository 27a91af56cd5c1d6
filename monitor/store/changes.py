"""The append-only log of what happened: the one place that writes it. One part of a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.model.change import Change
from monitor.store import rows, schema
from monitor.store.chain import BEGINNING, chained
from monitor.store.writer import Row, Writer


@dataclass(frozen=True, slots=True)
class ChangeLog:
    """Adds to the chain. Nothing here changes a row, or drops one."""

    writer: Writer

    def add(self, changes: Sequence[Change], at: datetime) -> None:
        """Append these; nobody else appends until this transaction ends.

        To be called last: who waits for the log holds nothing that its holder still wants.
        """
        self.add_rows([rows.change_row(change, at) for change in changes])

    def add_rows(self, new: Sequence[Row]) -> None:
        """Append rows as they are to stand, each with a moment of its own."""
        if not new:
            return
        before = self._locked_head()
        linked = list(chained(before.hash, max(before.last_id, self._last_id()), new))
        self.writer.add(schema.changes, linked)
        head = {
            "length": before.length + len(linked),
            "last_id": linked[-1]["change_id"],
            "hash": linked[-1]["hash"],
        }
        self.writer.connection.execute(sa.update(schema.chain_head).values(head))

    def _locked_head(self) -> sa.Row[Any]:
        """Where the chain ends. Two writers would else append to one row, and fork it."""
        query = sa.select(schema.chain_head).with_for_update()
        found = self.writer.connection.execute(query).first()
        if found is not None:
            return found
        # Somebody took it away: orders are told all the same, and `verify` names the fault.
        self.writer.add_new(schema.chain_head, [_BEGUN_ANEW])
        return self.writer.connection.execute(query).one()

    def _last_id(self) -> int:
        """The head's, unless somebody added a row by hand: that must not stop the polls."""
        return self.writer.connection.scalar(sa.func.max(schema.changes.c.change_id)) or 0


_BEGUN_ANEW = {"name": "changes", "length": 0, "last_id": 0, "hash": BEGINNING}
