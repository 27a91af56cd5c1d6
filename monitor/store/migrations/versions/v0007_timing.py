"""A delivery says whether it may be sent in its recipient's quiet hours; those of old may not wait.

None of them was planned with quiet hours in mind, and there is no route that asked for any.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    column: sa.Column[bool] = sa.Column(
        "is_urgent", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("deliveries", column)
