"""URL keys without readers' sessions (storage.urls), and an index for finding an article's twins."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.urls import url_key

revision = "0026"
down_revision = "0025"

# By table, the columns with URL keys, and the other columns of its primary key.
_KEYS = {
    "articles": (("url_key",), ()),
    "pages": (("url_key",), ()),
    "captures": (("url_key",), ()),
    "claims": (("url_key", "page_key"), ("url_key", "page_key")),
    "sightings": (("url_key",), ("channel",)),
    "removals": (("url_key",), ()),
    "assets": (("url_key",), ()),
    "page_assets": (("page_key", "asset_key"), ("page_key", "asset_key")),
}
_MARKS = ("sess", "sid=", "cfid=", "cftoken=", "zenid=", "?s=", "&s=", "/(")


def upgrade() -> None:
    op.create_index("ix_articles_content_sha256", "articles", ["content_sha256"])
    for table, (columns, others) in _KEYS.items():
        for column in columns:
            _rename(table, column, [each for each in others if each != column])


def _rename(table: str, column: str, others: list[str]) -> None:
    """Update the keys of rows. If two get the same key, the row that already has it stays, with the other's article."""
    connection = op.get_bind()
    here = sa.table(table, *(sa.column(name) for name in {column, *others, "id", "article_id"}))
    key = here.c[column]
    marked = sa.or_(*(sa.func.lower(key).contains(mark, autoescape=True) for mark in _MARKS))
    rows = connection.execute(sa.select(key, *(here.c[name] for name in others)).where(marked).order_by(key)).all()
    for old, *rest in sorted({tuple(row) for row in rows}):
        new = url_key(old)
        if new == old:
            continue
        same: list[Any] = [here.c[name] == value for name, value in zip(others, rest, strict=True)]
        mine, its = sa.and_(key == old, *same), sa.and_(key == new, *same)
        is_free = table == "captures" or connection.execute(sa.select(key).where(its).limit(1)).first() is None
        if is_free:
            connection.execute(sa.update(here).where(mine).values({column: new}))
        elif table == "pages":
            article_id = connection.scalar(sa.select(here.c.article_id).where(mine))
            lacking = sa.and_(its, here.c.article_id.is_(None))
            connection.execute(sa.update(here).where(lacking).values(article_id=article_id))
            connection.execute(sa.delete(here).where(mine))
        elif table != "articles":  # if another article has the new key, the old one stays; no page has it any more
            connection.execute(sa.delete(here).where(mine))
