"""The tables of the first release.

A frozen copy of storage/db/schema.py at that time, from which the later revisions start.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _crawl_tables()
    _article_tables()
    _state_tables()


def _crawl_tables() -> None:
    op.create_table(
        "sites",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("home", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("country", sa.String(2)),
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sites"),
    )
    op.create_table(
        "runs",
        sa.Column("id", ID, nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("requests", sa.Integer, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("new", sa.Integer, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.Column("same", sa.Integer, nullable=False),
        sa.Column("gone", sa.Integer, nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("message", sa.Text),
        sa.Column("pid", sa.Integer),
        sa.Column("warraq", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_site_started_at", "runs", ["site", "started_at"])
    op.create_table(
        "captures",
        sa.Column("id", ID, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("url_key", sa.Text, nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("run_id", ID),
        sa.Column("fetched_at", INSTANT, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("content_type", sa.Text),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("warc_file", sa.Text, nullable=False),
        sa.Column("warc_offset", sa.BigInteger, nullable=False),
        sa.Column("warc_length", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.String(16)),
        sa.PrimaryKeyConstraint("id", name="pk_captures"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_captures_run_id_runs"),
        sa.UniqueConstraint("warc_file", "warc_offset", name="uq_captures_warc_file_warc_offset"),
    )
    op.create_index("ix_captures_url_key_fetched_at", "captures", ["url_key", "fetched_at"])
    op.create_index("ix_captures_run_id", "captures", ["run_id"])


def _article_tables() -> None:
    op.create_table(
        "articles",
        sa.Column("id", ID, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("url_key", sa.Text, nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("subtitle", sa.Text),
        sa.Column("authors", JSON, nullable=False),
        sa.Column("agency", sa.Text),
        sa.Column("section", sa.Text),
        sa.Column("categories", JSON, nullable=False),
        sa.Column("tags", JSON, nullable=False),
        sa.Column("published_at", INSTANT),
        sa.Column("published_offset", sa.Integer),
        sa.Column("published_raw", sa.Text),
        sa.Column("published_precision", sa.String(8)),
        sa.Column("published_source", sa.String(8)),
        sa.Column("modified_at", INSTANT),
        sa.Column("modified_offset", sa.Integer),
        sa.Column("language", sa.String(16)),
        sa.Column("description", sa.Text),
        sa.Column("image", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("word_count", sa.Integer, nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        sa.Column("extractor", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("first_seen_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
        sa.Column("cluster", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.ForeignKeyConstraint(["site"], ["sites.name"], name="fk_articles_site_sites"),
        sa.UniqueConstraint("url_key", name="uq_articles_url_key"),
    )
    op.create_index("ix_articles_site_published_at", "articles", ["site", "published_at"])
    op.create_index("ix_articles_published_at", "articles", ["published_at"])
    op.create_table(
        "versions",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("capture_id", ID),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("subtitle", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        sa.Column("extractor", sa.String(32), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_versions_article_id_articles"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_versions_capture_id_captures"),
        sa.UniqueConstraint("article_id", "number", name="uq_versions_article_id_number"),
    )
    op.create_index("ix_versions_capture_id", "versions", ["capture_id"])
    op.create_table(
        "labels",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "kind", "folded", name="pk_labels"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_labels_article_id_articles"),
    )
    op.create_index("ix_labels_kind_folded_article_id", "labels", ["kind", "folded", "article_id"])


def _state_tables() -> None:
    op.create_table(
        "pages",
        sa.Column("url_key", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("article_id", ID),
        sa.Column("reason", sa.String(16)),
        sa.Column("found_at", INSTANT, nullable=False),
        sa.Column("fetched_at", INSTANT),
        sa.Column("status", sa.Integer),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("digest", sa.String(64)),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("next_visit_at", INSTANT),
        sa.PrimaryKeyConstraint("url_key", name="pk_pages"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_pages_article_id_articles"),
    )
    op.create_index("ix_pages_site_state_kind_found_at", "pages", ["site", "state", "kind", "found_at"])
    op.create_index("ix_pages_site_next_visit_at", "pages", ["site", "next_visit_at"])
    op.create_table(
        "facts",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
    )
