"""Parting of an article into the articles that its pages show, after a believed canonical URL had merged them.

The first article keeps its id. The versions of the others become separate articles, at the URLs of their pages.
Nothing is fetched or extracted again: each version refers to its capture, and so to its page.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from storage.db.schema import amendments, articles, captures, events, pages, sites, versions
from storage.identity.addresses import ShownPage
from storage.identity.grouping import group
from storage.identity.stored import article_of
from storage.rows import parts, revisit_state
from storage.rows.articles import restart_article, version_id_of, write_article
from storage.rows.prepared import PreparedArticle, cleaned
from storage.rows.provenance import imported
from storage.search import change_log

REASON = "canonical"  # of the event: a canonical URL had merged different articles


def pages_of(connection: Connection, article_id: int) -> list[ShownPage]:
    """The states of the article's pages, oldest first. Versions without a known capture are left out."""
    return _shown(_versions(connection, article_id))


def part(connection: Connection, article_id: int, *, at: datetime) -> list[int]:
    """Part the article if its pages show several; return the ids of the others. at: aware, when this was found.

    An article that was never seen at the URL by which it is known gets the URL of its first page.
    """
    article = connection.execute(select(articles).where(articles.c.id == article_id).with_for_update()).mappings().one()
    rows = _versions(connection, article_id)
    groups = group(_shown(rows))
    if article["status"] == "removed" or not groups:
        return []
    if len(groups) == 1 and article["url_key"] in groups[0]:
        return []
    amended = [dict(row) for row in _amendments(connection, article_id)]
    further = parts.by_version(connection, [row["id"] for row in rows])
    taken_in = imported.by_version(connection, [row["id"] for row in rows])
    _forget_versions(connection, article_id)
    owners = _owners(rows, groups)
    written: dict[int, tuple[int, int]] = {}  # article and new id of a version, by its old id
    ids = []
    for number, group_pages in enumerate(groups):
        mine = [row for row, owner in zip(rows, owners, strict=True) if owner == number]
        ids.append(_write_group(connection, article, mine, group_pages, written, restart=number == 0))
    for old_id, (_, new_id) in written.items():
        if old_id in further and new_id not in parts.by_version(connection, [new_id]):
            parts.add(connection, new_id, [each["capture_id"] for each in further[old_id]])
    imported.restore(connection, taken_in, {old: new for old, (_, new) in written.items()})
    for row in amended:
        if row["version_id"] in written:  # otherwise its article was taken down
            row["article_id"], row["version_id"] = written[row["version_id"]]
            connection.execute(insert(amendments).values(row))
    _hand_over(connection, article, dict(zip(ids, groups, strict=True)), at=at)
    others = [each for each in dict.fromkeys(ids) if each != article_id]
    for other in others:
        note_parting(connection, article_id, other, at=at, capture_id=None)
    return others


def note_parting(connection: Connection, first: int, other: int, *, at: datetime, capture_id: int | None) -> None:
    """Record in the history of both articles that they were parted. capture_id: the capture that revealed it."""
    event = {"kind": "parted", "at": at, "reason": REASON, "capture_id": capture_id}
    pair = [{**event, "article_id": mine, "other_id": its} for mine, its in ((first, other), (other, first))]
    connection.execute(insert(events), pair)


def _versions(connection: Connection, article_id: int) -> list[Mapping[Any, Any]]:
    """The article's versions in order, each with url_key and page_url of its capture."""
    statement = (
        select(versions, captures.c.url_key, captures.c.url.label("page_url"))
        .select_from(versions.outerjoin(captures, captures.c.id == versions.c.capture_id))
        .where(versions.c.article_id == article_id)
    )
    return [dict(row) for row in connection.execute(statement.order_by(versions.c.number)).mappings()]


def _shown(rows: list[Mapping[Any, Any]]) -> list[ShownPage]:
    return [
        ShownPage(row["url_key"], row["page_url"], row["title"], row["text"])
        for row in rows
        if row["url_key"] is not None
    ]


def _owners(rows: list[Mapping[Any, Any]], groups: list[list[str]]) -> list[int]:
    """The group of each version, as an index. A version without a capture goes with its text, or the one before it."""
    of_page = {key: number for number, keys in enumerate(groups) for key in keys}
    of_text = {row["content_sha256"]: of_page[row["url_key"]] for row in rows if row["url_key"] is not None}
    owners: list[int] = []
    for row in rows:
        before = owners[-1] if owners else 0
        owners.append(of_page.get(row["url_key"], of_text.get(row["content_sha256"], before)))
    return owners


def _forget_versions(connection: Connection, article_id: int) -> None:
    connection.execute(delete(amendments).where(amendments.c.article_id == article_id))
    parts.remove_of(connection, article_id)
    imported.remove_of(connection, article_id)
    connection.execute(delete(versions).where(versions.c.article_id == article_id))


def _amendments(connection: Connection, article_id: int) -> list[Mapping[Any, Any]]:
    return list(connection.execute(select(amendments).where(amendments.c.article_id == article_id)).mappings())


def _write_group(
    connection: Connection,
    article: Mapping[Any, Any],
    mine: list[Mapping[Any, Any]],
    group_pages: list[str],
    written: dict[int, tuple[int, int]],
    *,
    restart: bool,
) -> int:
    """Write the versions of one group as an article; return its id. restart: the group keeps the article's id."""
    zone = connection.scalar(select(sites.c.timezone).where(sites.c.name == article["site"])) or "UTC"
    url, key = _address(connection, article, mine, group_pages, restart=restart)
    article_id = 0
    for row in mine:
        read = article_of(row, url=url, site=article["site"], timezone=zone)
        prepared = PreparedArticle.of(read).at(url, key)
        about = {"capture_id": row["capture_id"], "seen_at": row["seen_at"]}
        if restart and not article_id:
            saved = restart_article(connection, article["id"], prepared, **about)
        else:
            held = connection.execute(select(articles).where(articles.c.url_key == key)).mappings().first()
            saved = write_article(connection, prepared, held, **about)
        article_id = saved.article_id
        new_id = version_id_of(connection, saved)
        if new_id is not None:
            written[row["id"]] = article_id, new_id
    return article_id


def _address(
    connection: Connection,
    article: Mapping[Any, Any],
    mine: list[Mapping[Any, Any]],
    group_pages: list[str],
    *,
    restart: bool,
) -> tuple[str, str]:
    """URL and key for a group: those of the article if the group was seen there, else those of its first page."""
    if article["url_key"] in group_pages:
        return article["url"], article["url_key"]
    urls = {row["url_key"]: row["page_url"] for row in reversed(mine) if row["url_key"] is not None}
    others = select(articles.c.url_key).where(articles.c.url_key.in_(group_pages), articles.c.id != article["id"])
    taken = set(connection.scalars(others)) if restart else set()
    free = [key for key in group_pages if key not in taken]
    return (cleaned(urls[free[0]]), free[0]) if free else (article["url"], article["url_key"])


def _hand_over(
    connection: Connection, article: Mapping[Any, Any], pages_by_article: dict[int, list[str]], *, at: datetime
) -> None:
    """Assign pages and events to the articles, and update their states accordingly."""
    owners = {key: article_id for article_id, keys in pages_by_article.items() for key in keys}
    article_pages = select(pages).where(pages.c.article_id == article["id"]).order_by(pages.c.url_key)
    for row in connection.execute(article_pages).mappings().all():
        key = row["url_key"]
        if key == article["url_key"] and key not in owners:
            _release(connection, key)
            continue
        owner = owners.get(key) or owners.get(_led_to(connection, row) or "", article["id"])
        connection.execute(update(pages).where(pages.c.url_key == key).values(article_id=owner))
    for article_id, keys in pages_by_article.items():
        shown_there = select(captures.c.id).where(captures.c.url_key.in_(keys))
        happened = (events.c.article_id == article["id"]) & events.c.capture_id.in_(shown_there)
        connection.execute(update(events).where(happened).values(article_id=article_id))
    for article_id, keys in pages_by_article.items():
        _set_state(connection, article_id, keys)
        due = select(pages.c.url_key).where(pages.c.article_id == article_id, pages.c.next_visit_at.is_not(None))
        if connection.scalar(due.limit(1)) is None:
            revisit_state.plan_next(connection, keys[-1], now=at)


def _led_to(connection: Connection, page: Mapping[Any, Any]) -> str | None:
    """The key of the URL that answered when this page was last requested."""
    answer = (captures.c.fetched_at == page["fetched_at"]) & (captures.c.digest == page["digest"])
    key: str | None = connection.scalar(
        select(captures.c.url_key).where(captures.c.site == page["site"], answer).limit(1)
    )
    return key


def _release(connection: Connection, key: str) -> None:
    """Detach the article from a URL that never showed it; delete the row of a URL that was never fetched."""
    fetched = connection.scalar(select(captures.c.id).where(captures.c.url_key == key).limit(1))
    mine = pages.c.url_key == key
    if fetched is None:
        connection.execute(delete(pages).where(mine, pages.c.kind == "article"))
    nobody = {"article_id": None, "next_visit_at": None, "missing_since": None}
    connection.execute(update(pages).where(mine).values(nobody))


def _set_state(connection: Connection, article_id: int, keys: list[str]) -> None:
    """Set last_seen_at and status of the article from its captures and events."""
    answered = captures.c.url_key.in_(keys) & captures.c.reason.is_(None)
    last_seen = connection.scalar(select(func.max(captures.c.fetched_at)).where(answered))
    presence = events.c.kind.in_(("gone", "restored")) & (events.c.article_id == article_id)
    latest = select(events.c.kind).where(presence).order_by(events.c.at.desc(), events.c.id.desc()).limit(1)
    mine, living = articles.c.id == article_id, articles.c.status != "removed"
    status = "gone" if connection.scalar(latest) == "gone" else "live"
    connection.execute(update(articles).where(mine, living).values(status=status))
    change_log.note(connection, article_id)
    if last_seen is not None:
        connection.execute(
            update(articles).where(mine, articles.c.last_seen_at < last_seen).values(last_seen_at=last_seen)
        )
