"""Views keep what joins them; expected appeals the caption by which they are recognized."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for table, name in (("entries", "merged_into"), ("sightings", "docket_id")):
        op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=""))
    for name in ("entry_keys", "documents"):
        column = sa.Column(name, sa.JSON(), nullable=False, server_default="[]")
        op.add_column("sightings", column)
    op.add_column("follows", sa.Column("caption", sa.Text(), nullable=False, server_default=""))
