"""Lists of articles by date, the newest first, page by page; and records of given articles."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, and_, func, or_, select

from storage.db.database import read_transaction
from storage.db.schema import articles
from storage.filters import Filters
from storage.queries.article_queries import article_record, select_articles

# The end of a list's page: publication (aware; None: undated) and id of its last article.
ListPosition = tuple[datetime | None, int]
_AT_ONCE = 900  # ids in one statement
_DATED = (articles.c.published_at, articles.c.id)


def count_articles(engine: Engine, filters: Filters) -> int:
    """The number of matching articles."""
    with read_transaction(engine) as connection:
        statement = select(func.count()).select_from(articles).where(*filters.conditions())
        return connection.scalar(statement) or 0


def newest_articles(
    engine: Engine, filters: Filters, *, limit: int, offset: int = 0, after: ListPosition | None = None
) -> tuple[list[dict[str, Any]], ListPosition | None]:
    """Records of the matching articles, newest first and undated ones last, and the position for the next call.

    The position is None at the end. after: the position that the previous call returned.
    """
    newest = (articles.c.published_at.desc().nulls_last(), articles.c.id.desc())
    statement = select_articles(filters).order_by(None).order_by(*newest).limit(limit + 1).offset(offset)
    if after is not None:
        at, last_id = after
        before = and_(articles.c.published_at.is_not_distinct_from(at), articles.c.id < last_id)
        if at is not None:
            before = or_(before, articles.c.published_at < at, articles.c.published_at.is_(None))
        statement = statement.where(before)
    with read_transaction(engine) as connection:
        rows = connection.execute(statement).all()
        shown = rows[:limit]
        if len(rows) <= limit or not shown:
            return [article_record(row) for row in shown], None
        position = shown[-1]._mapping
        return [article_record(row) for row in shown], (position["published_at"], position["id"])


def newest_first(engine: Engine, ids: Iterable[int]) -> list[int]:
    """Sort the ids of articles by date, the newest first and undated ones last; unknown ids are left out."""
    dated: list[tuple[datetime | None, int]] = []
    numbers = list(ids)
    with read_transaction(engine) as connection:
        for start in range(0, len(numbers), _AT_ONCE):
            some = articles.c.id.in_(numbers[start : start + _AT_ONCE])
            dated += [(at, number) for at, number in connection.execute(select(*_DATED).where(some))]
    oldest = datetime.min.replace(tzinfo=UTC)
    dated.sort(key=lambda each: (each[0] or oldest, each[1]), reverse=True)
    return [number for _, number in dated]


def article_records(engine: Engine, ids: Sequence[int]) -> list[dict[str, Any]]:
    """The records of these articles, in the order of the ids; unknown and removed ones are left out."""
    with read_transaction(engine) as connection:
        rows = connection.execute(select_articles().order_by(None).where(articles.c.id.in_(ids))).all()
    records = {row._mapping["id"]: article_record(row) for row in rows}
    return [records[each] for each in ids if each in records]
