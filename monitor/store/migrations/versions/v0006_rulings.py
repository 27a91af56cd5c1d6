"""An entry keeps one ruling for each thing ruled on, and what it may be besides.

Nothing is judged here: rules of a newer version judge every entry anew in the background.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for name in ("rulings", "may_be"):
        op.add_column("entries", sa.Column(name, sa.JSON(none_as_null=True)))
