"""Publication dates that channels state, for articles whose pages show none."""

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from storage.db.schema import articles, pages, versions
from storage.records import DATING, Discovery, StatedDate
from storage.rows.discoveries import stated_dates
from storage.rows.prepared import PreparedArticle
from storage.rows.versions import stated_columns
from storage.search import change_log
from storage.similar import copy_log
from storage.urls import url_key

_CHUNK = 2000


def with_stated_date(connection: Connection, article: PreparedArticle, addresses: Iterable[str]) -> PreparedArticle:
    """The article with a channel's date if it has none of its own. addresses: keys of its page's URLs."""
    if article.row["published_at"] is not None:
        return article
    keys = [article.key, *addresses]
    stated = stated_dates(connection, keys)
    dates = [stated[key] for key in keys if key in stated]
    return article.dated(min(dates, key=_rank)) if dates else article


def date_articles(connection: Connection, seen: Iterable[Discovery]) -> None:
    """Date the undated articles of these discoveries, and their current versions; for lists that answer late."""
    keys = sorted({url_key(each.url) for each in seen if each.said_raw})
    for start in range(0, len(keys), _CHUNK):
        undated = (
            select(articles.c.id, pages.c.url_key, versions.c.id.label("version_id"), versions.c.details)
            .join_from(pages, articles, articles.c.id == pages.c.article_id)
            .join(versions, (versions.c.article_id == articles.c.id) & (versions.c.number == articles.c.version))
            .where(pages.c.url_key.in_(keys[start : start + _CHUNK]), articles.c.published_at.is_(None))
            .where(articles.c.status != "removed")
            .order_by(articles.c.id, pages.c.url_key)
        )
        rows = connection.execute(undated.with_for_update(of=articles)).all()
        stated = stated_dates(connection, [row.url_key for row in rows])
        for row in rows:
            if row.url_key in stated:
                columns, fields = stated_columns(stated[row.url_key])
                connection.execute(update(articles).where(articles.c.id == row.id).values(columns))
                change_log.note(connection, row.id)
                copy_log.note(connection, row.id)
                details = {**(row.details or {}), **fields}
                connection.execute(update(versions).where(versions.c.id == row.version_id).values(details=details))


def _rank(stated: StatedDate) -> int:
    return next((at for at, channel in enumerate(DATING) if channel == stated.source), len(DATING))
