"""Removal of a whole site, at its publisher's request: every article and capture, and a tombstone for its host.

The tombstone is written first: from then on nothing of the host is saved. Then each transaction takes down a batch.
After an interruption the same command continues, or the next process that opens the archive for writing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Engine, delete, exists, func, or_, select, update

from storage.db.database import read_transaction, write_transaction
from storage.db.schema import (
    articles,
    assets,
    captures,
    discoveries,
    endpoints,
    pages,
    schedules,
    site_profiles,
    sites,
    unread,
)  # fmt: skip
from storage.errors import UsageError
from storage.messages import message
from storage.records import Reason
from storage.removal import apply_tombstones, mark_for_redaction, take_down, urls_of
from storage.rows import tombstones
from storage.rows.tombstones import Tombstone
from storage.urls import url_key

_BATCH = 200  # articles, or ten times as many captures
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SiteContent:
    """The content of a site that is not removed yet. host: as in URL keys, without "www."."""

    site: str
    home: str
    host: str
    articles: int
    captures: int


def site_content(engine: Engine, site: str) -> SiteContent:
    """The content that `remove_site` would remove. Raises UsageError if the archive has no such site."""
    with read_transaction(engine) as connection:
        home = connection.scalar(select(sites.c.home).where(sites.c.name == site))
        if home is None:
            known = ", ".join(connection.scalars(select(sites.c.name).order_by(sites.c.name)))
            raise UsageError(
                message("the archive holds no site called {site!r}; it has {known}", site=site, known=known or "none")
            )
        kept = connection.scalar(select(func.count()).select_from(articles).where(_is_kept(site)))
        held = connection.scalar(select(func.count()).select_from(captures).where(_is_held(site)))
    return SiteContent(site, home, tombstones.host_key(url_key(home))[2:], int(kept or 0), int(held or 0))


def remove_site(
    engine: Engine,
    folder: Path,
    content: SiteContent,
    *,
    reason: str,
    by: str,
    now: datetime,
    on_progress: Progress | None = None,
) -> None:
    """Remove a site from the database, and mark its bytes for erasure (`erase_noted`). The caller holds its lock.

    on_progress: called with the number of articles done and the total.
    """
    stone = Tombstone(tombstones.host_key(url_key(content.home)), content.home, None, now, by, reason)
    with write_transaction(engine) as connection:
        tombstones.add(connection, [stone])
        apply_tombstones(connection, folder, now=now)
    done = 0
    while True:
        with write_transaction(engine) as connection:
            taken = _take_down_batch(connection, content.site, stone, now=now)
            if taken is None:
                break
        done += taken
        if on_progress is not None:
            on_progress(done, content.articles)
    # The site's articles on other hosts have their own tombstones, which the file needs, too.
    with write_transaction(engine) as connection:
        apply_tombstones(connection, folder, now=now)


def apply_of_hosts(connection: Connection, *, now: datetime) -> int:
    """Remove the remaining content of sites whose host has a tombstone; return the number of articles.

    This finishes an interrupted removal, and applies later removals to an older database that was restored.
    """
    done = 0
    for stone in tombstones.of_hosts(connection):
        for site, home in connection.execute(select(sites.c.name, sites.c.home)).all():
            left = exists().where(pages.c.site == site, pages.c.state.in_(("pending", "done", "failed")))
            if not tombstones.is_below(url_key(home), stone.url_key) or not connection.scalar(select(left)):
                continue
            while (taken := _take_down_batch(connection, site, stone, now=now)) is not None:
                done += taken
    return done


def taken_down_since(connection: Connection, homes: dict[str, str]) -> dict[str, datetime]:
    """The sites whose host has a tombstone, with its time. homes: home page by site."""
    stones = tombstones.of_hosts(connection)
    return {
        site: stone.removed_at
        for site, home in homes.items()
        for stone in stones
        if tombstones.is_below(url_key(home), stone.url_key)
    }


def _take_down_batch(connection: Connection, site: str, stone: Tombstone, *, now: datetime) -> int | None:
    """Take down a batch of a site's remaining content; return the number of articles; None if it was the last batch."""
    ids = list(connection.scalars(select(articles.c.id).where(_is_kept(site)).order_by(articles.c.id).limit(_BATCH)))
    for article_id in ids:
        urls = urls_of(connection, "", article_id)
        elsewhere = {key: url for key, url in urls.items() if not tombstones.is_below(key, stone.url_key)}
        tombstones.add(
            connection,
            [Tombstone(key, url, article_id, now, stone.removed_by, stone.reason) for key, url in elsewhere.items()],
        )
        take_down(connection, article_id, site, urls, now=now)
    if ids:
        return len(ids)
    held = list(connection.scalars(select(captures.c.id).where(_is_held(site)).limit(10 * _BATCH)))
    if held:
        mark_for_redaction(connection, held, now=now)
        return 0
    for table in (unread, discoveries, endpoints, site_profiles, schedules, assets):
        connection.execute(delete(table).where(table.c.site == site))
    connection.execute(delete(pages).where(pages.c.site == site, pages.c.article_id.is_(None)))
    closed = {"state": "removed", "reason": Reason.REMOVED.value, "next_visit_at": None}
    connection.execute(update(pages).where(pages.c.site == site).values(closed))
    return None


def _is_kept(site: str) -> ColumnElement[bool]:
    return (articles.c.site == site) & (articles.c.status != "removed")


def _is_held(site: str) -> ColumnElement[bool]:
    return (captures.c.site == site) & or_(captures.c.reason.is_(None), captures.c.reason != Reason.REMOVED.value)
