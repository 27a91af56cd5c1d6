"""What is in force is kept with a notification; recipients can be off; sources recovered when.

What was tried before says nothing of what was in force, and every recipient is on.
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
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True)),
        sa.Column("rests_since", sa.DateTime(timezone=True)),
        sa.Column("off_since", sa.DateTime(timezone=True)),
        sa.Column("off_by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("last_word", sa.String(), nullable=False),
    )
    # Whoever got a message, or may have, gets the same words again.
    op.execute(
        "UPDATE deliveries SET standing = '[]' "
        "WHERE sent_at IS NOT NULL OR attempts > 0 OR lease <> ''"
    )
