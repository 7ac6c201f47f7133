"""Second looks at articles: when each is due, and what it means when the page is not there any more."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from storage.pages import MAX_FAILURES
from storage.records import Capture, Saved
from storage.revisits import next_visit
from storage.schema import articles, pages
from storage.urls import url_key

AFTER_CHANGE = timedelta(hours=4)  # what was edited once is likely to be edited again
# A 404 may be a fault of the server's: looked at again soon, then a day later, then believed.
AFTER_NOT_FOUND = (timedelta(hours=1), timedelta(hours=24))


def due(connection: Connection, site: str, *, now: datetime, limit: int) -> list[str]:
    """URLs of the site's articles whose next visit has come, longest overdue first."""
    statement = (
        select(pages.c.url)
        .where(pages.c.site == site, pages.c.next_visit_at <= now)
        .order_by(pages.c.next_visit_at, pages.c.url_key)
        .limit(limit)
    )
    return list(connection.scalars(statement))


def first_plan(saved: Saved, first_seen: datetime, *, now: datetime) -> datetime | None:
    """When to look again at an article that is new or has changed; None for others, which `plan_next` looks up."""
    if saved.outcome == "new":
        return next_visit(first_seen, now)
    return now + AFTER_CHANGE if saved.outcome == "changed" else None


def plan_next(connection: Connection, url: str, *, now: datetime) -> None:
    """Set when the article at that page, seen unchanged, is looked at next; never again after the last step."""
    key = url_key(url)
    columns = select(articles.c.first_seen_at).join_from(pages, articles, articles.c.id == pages.c.article_id)
    first_seen = connection.scalar(columns.where(pages.c.url_key == key))
    if first_seen is not None:
        when = next_visit(first_seen, now)
        connection.execute(update(pages).where(pages.c.url_key == key).values(next_visit_at=when))


def record_not_found(connection: Connection, capture: Capture, *, now: datetime) -> Saved | None:
    """What a 404 or 410 means for the article that was there: gone at once (410), or at the third time (404).

    Call it after the response was recorded. The article stays in the archive with its versions; its status says
    "gone". None when there was no live article, or it may yet come back.
    """
    key = url_key(capture.requested_url or capture.url)
    columns = select(pages.c.failures, articles.c.id, articles.c.url, articles.c.version, articles.c.status)
    joined = columns.join_from(pages, articles, articles.c.id == pages.c.article_id)
    row = connection.execute(joined.where(pages.c.url_key == key)).first()
    if row is None or row.status != "live":
        return None
    is_gone = capture.status == 410 or row.failures >= MAX_FAILURES
    when = None if is_gone else now + AFTER_NOT_FOUND[min(row.failures, len(AFTER_NOT_FOUND)) - 1]
    connection.execute(update(pages).where(pages.c.url_key == key).values(next_visit_at=when))
    if not is_gone:
        return None
    connection.execute(update(articles).where(articles.c.id == row.id).values(status="gone"))
    return Saved(row.id, row.url, "gone", row.version)
