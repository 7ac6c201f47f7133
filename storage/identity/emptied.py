"""Emptying of articles. The row stays, without content, so that the article's id is never reused."""

from sqlalchemy import Connection, delete, select, update

from storage.db.schema import amendments, articles, labels, versions
from storage.rows import parts
from storage.rows.provenance import imported
from storage.search import change_log
from storage.similar import copy_log

# The row keeps its id, URL, site, version number and the times when the article was seen.
_EMPTY = {
    **dict.fromkeys(("subtitle", "agency", "section", "language", "description", "image", "cluster", "imported_from")),
    **dict.fromkeys(("published_at", "published_offset", "published_raw", "published_precision", "published_source")),
    **dict.fromkeys(("modified_at", "modified_offset")),
    **{name: [] for name in ("authors", "categories", "tags")},
    **{"title": "", "text": "", "word_count": 0, "content_sha256": "", "status": "removed", "partial": False},
}


def empty_article(connection: Connection, article_id: int) -> None:
    """Delete the article's content, versions and labels."""
    mine = select(versions.c.id).where(versions.c.article_id == article_id)
    connection.execute(delete(amendments).where(amendments.c.version_id.in_(mine)))
    parts.remove_of(connection, article_id)
    imported.remove_of(connection, article_id)
    connection.execute(delete(versions).where(versions.c.article_id == article_id))
    connection.execute(delete(labels).where(labels.c.article_id == article_id))
    change_log.note(connection, article_id, "removed")
    copy_log.lock(connection)
    copy_log.forget(connection, article_id)
    connection.execute(update(articles).where(articles.c.id == article_id).values(_EMPTY))
