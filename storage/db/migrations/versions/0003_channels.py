"""Discoveries, which record the channels that listed an article, and the endpoints of a site's channels."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sightings",
        sa.Column("url_key", sa.Text, nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("said_at", INSTANT),
        sa.PrimaryKeyConstraint("url_key", "channel", name="pk_sightings"),
    )
    op.create_index("ix_sightings_site_channel", "sightings", ["site", "channel"])
    op.create_table(
        "doors",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("good_at", INSTANT),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("site", "channel", "url", name="pk_doors"),
    )
