"""Reservations that pages state against archiving or use, and the links of each run's listings and channels."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("articles", sa.Column("reservations", JSON, nullable=False, server_default="[]"))
    op.add_column("runs", sa.Column("found", JSON))
