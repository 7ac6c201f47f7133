"""When each site is crawled next, and which are paused."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"

JSON, INSTANT = sa.JSON().with_variant(JSONB(), "postgresql"), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "schedules",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("interval_s", sa.Integer, nullable=False),
        sa.Column("crawled_at", INSTANT),
        sa.Column("next_at", INSTANT),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("hours", JSON, nullable=False),
        sa.Column("paused_at", INSTANT),
        sa.Column("paused_until", INSTANT),
        sa.PrimaryKeyConstraint("site", name="pk_schedules"),
    )
