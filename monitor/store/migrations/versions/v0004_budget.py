"""The quota: what was asked, may be asked, wants to be asked. Stories: copies, and their entry."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    kept = sa.Column("kept", sa.JSON(), nullable=False, server_default="[]")
    op.add_column("sources", kept)
    for name in ("story_id", "entry_id"):
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("stories", column)
    op.create_table(
        "api_calls",
        sa.Column(
            "call_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_api_calls")),
    )
    op.create_index(op.f("ix_api_calls_at"), "api_calls", ["at"])
    op.create_table(
        "allowances",
        sa.Column("rate", sa.String(), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=False),
        sa.Column("window_seconds", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("rate", name=op.f("pk_allowances")),
    )
    op.create_table(
        "quota",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_quota")),
    )
    op.create_table(
        "wants",
        sa.Column("want_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("want_id", name=op.f("pk_wants")),
    )
    op.create_index(op.f("ix_wants_source_id"), "wants", ["source_id"])
    op.create_index(op.f("ix_wants_subject"), "wants", ["subject"])
