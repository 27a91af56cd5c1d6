"""Words of entries, captions and news are indexed, and the listings are served in their order."""

from __future__ import annotations

from alembic import op

from monitor.store.migrations.search_0012 import make_search

revision = "0012"
down_revision = "0011"

_NEWEST = {
    "sqlite": (
        "coalesce(date_filed, '0001-01-01'), "
        "coalesce(published_at, '0001-01-01 00:00:00.000000'), coalesce(entry_number, -1), entry_id"
    ),
    "postgresql": (
        "coalesce(date_filed, DATE '0001-01-01'), "
        "coalesce(published_at, TIMESTAMPTZ '0001-01-01 00:00:00+00'), "
        "coalesce(entry_number, -1), entry_id"
    ),
}


def upgrade() -> None:
    _index_listings()
    make_search(op.get_bind())


def _index_listings() -> None:
    """The columns are those by which the history sorts, letter for letter."""
    newest = _NEWEST[op.get_bind().dialect.name]
    for name, columns in (("newest", newest), ("docket_newest", f"docket_id, {newest}")):
        op.execute(f"CREATE INDEX ix_entries_{name} ON entries ({columns}) WHERE merged_into = ''")
    op.create_index(op.f("ix_deliveries_created_at"), "deliveries", ["created_at"])
    op.create_index(op.f("ix_dockets_docket_number"), "dockets", ["docket_number"])
