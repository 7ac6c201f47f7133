"""Offset, text and precision of the publication date that a channel states for an article."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("sightings", sa.Column("said_offset", sa.Integer))
    op.add_column("sightings", sa.Column("said_raw", sa.Text))
    op.add_column("sightings", sa.Column("said_precision", sa.String(6)))
