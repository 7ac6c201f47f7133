"""Saved searches, the articles that they know, and their news."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "watches",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("exact", sa.Boolean, nullable=False),
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("ran_at", INSTANT),
        sa.Column("deliveries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_watches"),
    )
    op.create_table(
        "watch_articles",
        sa.Column("watch", sa.String(64), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("watch", "article_id", name="pk_watch_articles"),
        sa.ForeignKeyConstraint(["watch"], ["watches.name"], name="fk_watch_articles_watch_watches"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_watch_articles_article_id_articles"),
    )
    op.create_table(
        "watch_news",
        sa.Column("watch", sa.String(64), nullable=False),
        sa.Column("delivery", sa.Integer, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("version_before", sa.Integer),
        sa.Column("matches", sa.Boolean, nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("confirmed_at", INSTANT),
        sa.PrimaryKeyConstraint("watch", "delivery", "article_id", name="pk_watch_news"),
        sa.ForeignKeyConstraint(["watch"], ["watches.name"], name="fk_watch_news_watch_watches"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_watch_news_article_id_articles"),
    )
