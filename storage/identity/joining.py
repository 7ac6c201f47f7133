"""Joining of two articles that turn out to be one, for example because the URL of one redirects to the other's.

The article seen first keeps its id, URL and history, and gets the other's pages and versions.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from storage.arabic import fold
from storage.db.schema import amendments, articles, captures, events, pages, sites, versions, watch_articles, watch_news
from storage.identity.addresses import are_alike, names_another
from storage.identity.emptied import empty_article
from storage.identity.stored import article_of, left_key
from storage.identity.twins import is_same_minute, is_twin
from storage.records import Saved
from storage.rows import parts
from storage.rows.articles import EXTENT, articles_like, version_id_of, write_article
from storage.rows.prepared import PreparedArticle, PreparedCapture
from storage.rows.provenance import imported
from storage.rows.revisit_state import AbsentPage

REDIRECT = "redirect"  # reason of the event
_APART = timedelta(days=1)  # publication dates of different articles with one headline, such as a daily list of prices


def join_moved(
    connection: Connection, article: PreparedArticle, captured: PreparedCapture, *, run_id: int
) -> tuple[int, bool] | None:
    """Join the articles at both ends of a redirect if they are one. article: shown by the page.

    Returns the id of the article that was merged into the other, and whether this run had saved it as new; None if
    nothing was joined.
    """
    old, new = (article_at(connection, key) for key in (captured.requested_key, captured.key))
    if old is None or new is None or old["id"] == new["id"] or not are_one(connection, old, new, article):
        return None
    _, other_id, is_of_run = join(connection, old, new, run_id=run_id)
    return other_id, is_of_run


def join(
    connection: Connection, one: Mapping[Any, Any], two: Mapping[Any, Any], *, run_id: int | None
) -> tuple[int, int, bool]:
    """Join two articles, given as rows.

    Returns the ids of the remaining and of the merged article, and whether this run had saved the latter as new.
    """
    first, other = sorted((one, two), key=lambda row: (row["first_seen_at"], row["id"]))
    began = select(captures.c.run_id).join(versions, versions.c.capture_id == captures.c.id)
    first_run = connection.scalar(began.where(versions.c.article_id == other["id"], versions.c.number == 1))
    _join(connection, first, other)
    return first["id"], other["id"], run_id is not None and first_run == run_id


def join_absent(connection: Connection, key: str, absent: AbsentPage, *, run_id: int) -> Saved | None:
    """Join an absent article with its twin, which the site shows at another URL since.

    key: of the URL where the article is absent. None if there is no twin.
    """
    row = article_at(connection, key)
    if row is None:
        return None
    _, alike = articles_like(connection, row, key, ())
    there = [each for each in alike if not each["is_missing"] and each["first_seen_at"] > row["last_seen_at"]]
    twin = next((each for each in there if is_twin(row, each, moved=True)), None)
    if twin is None:
        return None
    shown = select(func.max(captures.c.id)).where(captures.c.url_key == twin["url_key"], captures.c.reason.is_(None))
    capture_id = connection.scalar(shown)
    first_id, other_id, is_of_run = join(connection, row, twin, run_id=run_id)
    dropped = {"missing_since": None, "next_visit_at": None}
    connection.execute(update(pages).where(pages.c.url_key == key).values(dropped))
    at, reason = absent.at, absent.reason
    note_address(connection, first_id, reason=reason, at=at, capture_id=capture_id, other_id=other_id)
    is_now = select(articles.c.url, articles.c.version).where(articles.c.id == first_id)
    url, version = connection.execute(is_now).one()
    return Saved(first_id, url, "same", version, joined=is_of_run, moved=True)


def owners(connection: Connection, captured: PreparedCapture) -> dict[str, int | None]:
    """The articles shown at the requested URL and at the URL that answered: ids by URL key."""
    owned = select(pages.c.url_key, pages.c.article_id).where(pages.c.url_key.in_(captured.urls))
    return {row.url_key: row.article_id for row in connection.execute(owned)}


def note_move(
    connection: Connection,
    article_id: int,
    captured: PreparedCapture,
    before: Mapping[str, int | None],
    *,
    other_id: int | None,
    capture_id: int,
) -> bool:
    """Record an event if the article moved to another URL; return whether. before: `owners` before the page was saved.

    other_id: the article that was known at the new URL until now. A URL with the same path and another query is not
    another URL here.
    """
    old, new = captured.requested_key, captured.key
    moved = before.get(old) == article_id and old.partition("?")[0] != new.partition("?")[0]
    moved = moved and (before.get(new) != article_id or _leads_now(connection, article_id, old))
    if not moved and other_id is None:
        return False
    at = captured.capture.fetched_at
    note_address(connection, article_id, reason=REDIRECT, at=at, capture_id=capture_id, other_id=other_id)
    return True


def note_address(
    connection: Connection, article_id: int, *, reason: str, at: datetime, capture_id: int | None, other_id: int | None
) -> None:
    """Record that the article moved to the URL of this capture. reason: the result at its first URL."""
    event = {"article_id": article_id, "kind": "moved", "at": at, "reason": reason}
    connection.execute(insert(events).values(**event, capture_id=capture_id, other_id=other_id))


def _leads_now(connection: Connection, article_id: int, old: str) -> bool:
    """Whether an article that was shown at two URLs is now redirected from its first URL, for the first time."""
    own = select(articles.c.id).where(articles.c.id == article_id, articles.c.url_key == old)
    answered = select(captures.c.id).where(captures.c.url_key == old, captures.c.reason.is_(None)).limit(1)
    recorded = select(events.c.id).where(events.c.article_id == article_id, events.c.kind == "moved").limit(1)
    return (
        connection.scalar(own) is not None
        and connection.scalar(answered) is not None
        and connection.scalar(recorded) is None
    )


def newest_article(connection: Connection) -> int:
    """The highest id of an article; 0 without articles."""
    return connection.scalar(select(func.max(articles.c.id))) or 0


def ask_twins(connection: Connection, site: str, *, after: int, now: datetime) -> None:
    """Make earlier articles due for a revisit if they resemble new ones, since the site may have moved them.

    after: new articles have higher ids than this. An article that was seen after its twin appeared did not move.
    """
    new, old = articles.alias("new"), articles.alias("old")
    is_new = (new.c.site == site) & (new.c.id > after) & (new.c.status == "live")
    moved = (old.c.site == site) & (old.c.status == "live") & (old.c.last_seen_at < new.c.first_seen_at)
    dated = moved & (old.c.published_at == new.c.published_at) & (old.c.title == new.c.title)
    twins = set(connection.scalars(select(old.c.id).join_from(new, old, dated).where(is_new)))
    undated = select(new.c.content_sha256).where(is_new, new.c.published_at.is_(None))
    texts = (old.c.site == site) & old.c.published_at.is_(None) & old.c.content_sha256.in_(undated)
    before = old.c.last_seen_at < select(func.min(new.c.first_seen_at)).where(is_new).scalar_subquery()
    twins |= set(connection.scalars(select(old.c.id).where(texts, before, old.c.status == "live")))
    for article_id in sorted(twins):
        shown = (pages.c.article_id == article_id) & (pages.c.kind == "article") & (pages.c.state == "done")
        latest = select(pages.c.url_key).where(shown).order_by(pages.c.fetched_at.desc(), pages.c.url_key).limit(1)
        latest_page = pages.c.url_key == connection.scalar(latest)
        connection.execute(update(pages).where(latest_page).values(next_visit_at=now))


def article_at(connection: Connection, key: str) -> Mapping[Any, Any] | None:
    """The row of the article that is known by the URL with this key, or that its page shows; locked for update."""
    shown = select(pages.c.article_id).where(pages.c.url_key == key)
    own = select(articles.c.id).where(articles.c.url_key == key)
    article_id = connection.scalar(own) or connection.scalar(shown)
    kept = (articles.c.id == article_id) & (articles.c.status != "removed")
    return connection.execute(select(articles, EXTENT).where(kept).with_for_update()).mappings().first()


def are_one(connection: Connection, old: Mapping[Any, Any], new: Mapping[Any, Any], article: PreparedArticle) -> bool:
    """Whether both had the same headline and text once, or have most of their words and the same date in common.

    The headline may differ where both state the same minute and no other number: many sites make the address from it.
    """
    texts = select(versions.c.content_sha256)
    before, after = (set(connection.scalars(texts.where(versions.c.article_id == row["id"]))) for row in (old, new))
    if before & {*after, article.row["content_sha256"]}:
        return True
    dates = old["published_at"], article.row["published_at"]
    if None not in dates and abs(dates[0] - dates[1]) > _APART:
        return False
    is_retitled = is_same_minute(old, article.row) and not names_another(old["url_key"], new["url_key"])
    return (is_retitled or fold(old["title"]) == fold(article.row["title"])) and are_alike(
        old["text"], article.row["text"]
    )


def _join(connection: Connection, first: Mapping[Any, Any], other: Mapping[Any, Any]) -> None:
    """Move everything of `other` to `first`. The row of `other` stays, empty."""
    mine = versions.c.article_id == other["id"]
    rows = connection.execute(select(versions).where(mine).order_by(versions.c.number)).mappings().all()
    ids = [row["id"] for row in rows]
    further, taken_in = parts.by_version(connection, ids), imported.by_version(connection, ids)
    written = {row["id"]: _write(connection, first, row) for row in rows}
    for old_id, new_id in written.items():
        if old_id in further and not parts.by_version(connection, [new_id]):
            parts.add(connection, new_id, [each["capture_id"] for each in further[old_id]])
        amended = update(amendments).where(amendments.c.version_id == old_id)
        connection.execute(amended.values(article_id=first["id"], version_id=new_id))
    imported.restore(connection, taken_in, written)
    for column in (pages.c.article_id, events.c.article_id, events.c.other_id):
        connection.execute(update(column.table).where(column == other["id"]).values({column.name: first["id"]}))
    for table in (watch_articles, watch_news):
        connection.execute(delete(table).where(table.c.article_id == other["id"]))
    connection.execute(
        update(articles).where(articles.c.id == other["id"]).values(url_key=left_key(other["id"], first["id"]))
    )
    empty_article(connection, other["id"])


def _write(connection: Connection, first: Mapping[Any, Any], version: Mapping[Any, Any]) -> int:
    """Write a version of another article as one of `first`, in chronological order; return its new id."""
    zone = connection.scalar(select(sites.c.timezone).where(sites.c.name == first["site"])) or "UTC"
    read = article_of(version, url=first["url"], site=first["site"], timezone=zone)
    prepared = PreparedArticle.of(read).at(first["url"], first["url_key"])
    held = connection.execute(select(articles).where(articles.c.id == first["id"])).mappings().one()
    saved = write_article(connection, prepared, held, capture_id=version["capture_id"], seen_at=version["seen_at"])
    new_id = version_id_of(connection, saved)
    if new_id is None:
        raise LookupError(f"article {first['id']} has no version {saved.version}")
    return new_id
