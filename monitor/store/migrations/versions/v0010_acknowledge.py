"""Some messages are to be acknowledged, and go to somebody else where they are not.

None of those that were planned before asked for it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    columns: tuple[sa.Column[object], ...] = (
        sa.Column("escalate_within", sa.Integer()),
        sa.Column("escalate_to", sa.JSON(none_as_null=True)),
        sa.Column("escalate_at", sa.DateTime(timezone=True)),
        sa.Column("escalated", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True)),
        sa.Column("acknowledged_by", sa.String(), nullable=False, server_default=""),
    )
    for column in columns:
        op.add_column("deliveries", column)
    op.create_index("ix_deliveries_escalate_at", "deliveries", ["escalate_at"])
