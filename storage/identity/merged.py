"""The articles of an archive that a canonical URL merged, or that have a URL which can't be theirs."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Select, exists, func, or_, select

from storage.db.schema import articles, captures, versions
from storage.identity.addresses import can_lead_to_article, names_another
from storage.identity.grouping import group
from storage.identity.parting import pages_of


@dataclass(frozen=True, slots=True)
class Merged:
    """An article to part. url: by which it is known. articles: number of articles that its pages show."""

    article_id: int
    url: str
    url_key: str
    site: str
    articles: int


def merged_articles(connection: Connection) -> Iterator[Merged]:
    """The articles whose pages show several articles, or one article that was never seen at the URL it is known by.

    In the latter case the URL can't be an article's, or has another number than the page's own. By id.
    """
    for row in connection.execute(_suspects()).all():
        shown = pages_of(connection, row.id)
        groups = group(shown)
        astray = not any(each.key == row.url_key for each in shown) and any(
            names_another(row.url_key, each.key) or not can_lead_to_article(row.url, each.url) for each in shown
        )
        if len(groups) > 1 or astray:
            yield Merged(row.id, row.url, row.url_key, row.site, len(groups))


def _suspects() -> Select[tuple[int, str, str, str]]:
    """Select articles shown by several pages, or never shown at the URL they are known by."""
    columns = articles.c.id, articles.c.url, articles.c.url_key, articles.c.site
    there = captures.alias()
    fetched = exists().where(there.c.url_key == articles.c.url_key)
    return (
        select(*columns)
        .join_from(articles, versions, versions.c.article_id == articles.c.id)
        .join(captures, captures.c.id == versions.c.capture_id)
        .where(articles.c.status != "removed")
        .group_by(*columns)
        .having(or_(func.count(captures.c.url_key.distinct()) > 1, ~fetched))
        .order_by(articles.c.id)
    )
