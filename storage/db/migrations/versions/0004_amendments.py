"""Corrections within versions, tombstones, and the records that are still to be erased."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "amendments",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("capture_id", ID),
        sa.Column("before", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_amendments"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_amendments_article_id_articles"),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_amendments_version_id_versions"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_amendments_capture_id_captures"),
    )
    op.create_index("ix_amendments_article_id", "amendments", ["article_id"])
    op.create_index("ix_amendments_capture_id", "amendments", ["capture_id"])
    op.create_table(
        "removals",
        sa.Column("url_key", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("article_id", ID),
        sa.Column("removed_at", INSTANT, nullable=False),
        sa.Column("removed_by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("url_key", name="pk_removals"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_removals_article_id_articles"),
    )
    op.create_index("ix_removals_article_id", "removals", ["article_id"])
    op.create_table(
        "erasures",
        sa.Column("warc_file", sa.Text, nullable=False),
        sa.Column("warc_offset", sa.BigInteger, nullable=False),
        sa.Column("warc_length", sa.BigInteger, nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("warc_file", "warc_offset", name="pk_erasures"),
    )
