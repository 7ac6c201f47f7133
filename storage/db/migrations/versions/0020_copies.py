"""Copies between articles: signatures, results, and the articles that are still to be compared."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0020"
down_revision = "0019"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "signatures",
        sa.Column("article_id", ID, nullable=False, autoincrement=False),
        sa.Column("algorithm", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
        sa.Column("credits", JSON, nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_signatures"),
    )
    op.create_table(
        "shingles",
        sa.Column("hash", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("article_id", ID, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("hash", "article_id", name="pk_shingles"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copies",
        sa.Column("article_id", ID, nullable=False, autoincrement=False),
        sa.Column("relation", sa.String(8), nullable=False),
        sa.Column("source_id", ID),
        sa.Column("also_id", ID),
        sa.Column("share", sa.Float, nullable=False),
        sa.Column("quotations", JSON, nullable=False),
        sa.Column("first_id", ID),
        sa.PrimaryKeyConstraint("article_id", name="pk_copies"),
    )
    for column in ("source_id", "also_id", "first_id"):
        op.create_index(f"ix_copies_{column}", "copies", [column])
    op.create_table(
        "copy_changes",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_copy_changes"),
        sqlite_autoincrement=True,
    )
    op.execute("insert into copy_changes (article_id) select id from articles where status <> 'removed' order by id")
