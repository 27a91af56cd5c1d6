"""Words are indexed in the order of the listings, so that the newest entries are found first.

On SQLite the index is made anew, from the words that the tables keep; PostgreSQL's needs no order.
"""

from __future__ import annotations

from alembic import op

from monitor.store.migrations.search_0012 import drop_search, make_search

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        drop_search(op.get_bind())
        make_search(op.get_bind())
