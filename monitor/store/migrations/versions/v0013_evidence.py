"""The change log becomes a chain, as it stands; raw bodies of polls are kept.

What was written before is linked as it is found. That vouches for it from now on, not for the past.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from monitor.store.chain import BEGINNING, FIELDS, link
from monitor.store.schema import Moment

revision = "0013"
down_revision = "0012"

_AT_ONCE = 1_000
_KINDS: dict[str, Any] = {"at": Moment, "detail": sa.JSON, "change_id": sa.BigInteger}
_changes = sa.table(
    "changes",
    *(sa.column(name, _KINDS.get(name, sa.String)) for name in FIELDS),
    sa.column("hash", sa.String),
)


def upgrade() -> None:
    op.add_column("changes", sa.Column("hash", sa.String, nullable=False, server_default=""))
    head = op.create_table(
        "chain_head",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_chain_head")),
    )
    op.bulk_insert(head, [_chain()])
    _bodies()


def _bodies() -> None:
    op.create_table(
        "bodies",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("packed_size", sa.BigInteger(), nullable=False),
        sa.Column("first_kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_bodies")),
    )
    op.create_table(
        "kept_polls",
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("served_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["sources.source_id"],
            name=op.f("fk_kept_polls_source_id_sources"),
        ),
        sa.PrimaryKeyConstraint("source_id", "at", "place", name=op.f("pk_kept_polls")),
    )
    op.create_index(op.f("ix_kept_polls_body_hash_at"), "kept_polls", ["body_hash", "at"])


def _chain() -> dict[str, Any]:
    """Link all rows, some at a time: a log may be larger than the memory."""
    count, last_id, hash_ = 0, 0, BEGINNING
    update = sa.update(_changes).where(_changes.c.change_id == sa.bindparam("of"))
    for rows in _portions():
        links = []
        for row in rows:
            last_id, hash_ = row.change_id, link(hash_, row._asdict())
            links.append({"of": last_id, "linked": hash_})
        op.get_bind().execute(update.values(hash=sa.bindparam("linked")), links)
        count += len(links)
    return {"name": "changes", "length": count, "last_id": last_id, "hash": hash_}


def _portions() -> Iterator[Sequence[sa.Row[Any]]]:
    last_id: int | None = None
    query = sa.select(_changes).order_by(_changes.c.change_id).limit(_AT_ONCE)
    while True:
        behind = query if last_id is None else query.where(_changes.c.change_id > last_id)
        rows = op.get_bind().execute(behind).all()
        if not rows:
            return
        yield rows
        last_id = rows[-1].change_id
