"""Seals of days, with the timestamps of an authority (storage.evidence)."""

import sqlalchemy as sa
from alembic import op

from storage.db.columns import Id

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "seals",
        sa.Column("number", Id, nullable=False, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("timestamp", sa.LargeBinary),
        sa.PrimaryKeyConstraint("number", name="pk_seals"),
    )
