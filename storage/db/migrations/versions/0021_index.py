"""Moves the search index out of the database; the change log that it follows stays (storage.search)."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    for table in ("search_index", "search_words"):
        op.execute(sa.text(f"drop table if exists {table}"))
    op.execute(sa.text("delete from facts where name = 'search_index'"))
    op.execute(sa.text("delete from changes"))  # a rebuilt index contains all of them
    op.add_column("changes", sa.Column("txid", sa.BigInteger))
    op.create_index("ix_changes_article_id", "changes", ["article_id"], unique=True)
    op.create_index("ix_changes_txid", "changes", ["txid"])
    facts = sa.table("facts", sa.column("name", sa.String), sa.column("value", sa.String))
    op.bulk_insert(facts, [{"name": "archive_id", "value": uuid.uuid4().hex}])
