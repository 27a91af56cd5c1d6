"""What is in force is kept with a notification; recipients can be off; sources recovered when.

Nothing that was planned before says what was in force, and every recipient is on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("standing", sa.JSON(none_as_null=True)))
    op.add_column("sources", sa.Column("recovered_at", sa.DateTime(timezone=True)))
    op.create_table(
        "channels",
        sa.Column("recipient", sa.String(), primary_key=True),
        sa.Column("failing_since", sa.DateTime(timezone=True)),
        sa.Column("off_since", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text(), nullable=False),
    )
