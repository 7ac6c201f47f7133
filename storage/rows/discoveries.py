"""Rows of `sightings`: which channel named which article, and what each channel of a run lacked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from storage.db.database import insert_into
from storage.db.schema import articles, captures, discoveries, pages, versions
from storage.records import Channel, Discovery
from storage.urls import url_key

_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Share:
    """What one channel did for a run's new articles. first: it named them before the others; missed: others did."""

    first: int = 0
    missed: int = 0


def add(connection: Connection, site: str, channel: Channel, seen: Iterable[Discovery], *, now: datetime) -> None:
    """Note what a channel names; what it named before keeps its first time."""
    rows: dict[str, dict[str, Any]] = {}
    for each in seen:
        key = url_key(each.url)
        rows.setdefault(
            key, {"url_key": key, "channel": channel, "site": site, "seen_at": now, "said_at": each.said_at}
        )
    statement = insert_into(connection, discoveries).on_conflict_do_nothing()
    keys = sorted(rows)  # writers that lock the same rows in the same order can't deadlock
    for start in range(0, len(keys), _CHUNK):
        connection.execute(statement, [rows[key] for key in keys[start : start + _CHUNK]])


def shares(connection: Connection, run_id: int, reach: Mapping[Channel, datetime | None]) -> dict[Channel, Share]:
    """What each channel did for the articles that are new in this run.

    reach: of the channels that were read, how far back each went: None, to the very beginning. An article that is
    older than a channel went, or undated, is not held against that channel.
    """
    seen_by: dict[int, dict[str, datetime]] = {}
    dates: dict[int, datetime | None] = {}
    for article_id, published_at, channel, seen_at in connection.execute(_new_articles(run_id)):
        dates[article_id] = published_at
        earlier = seen_by.setdefault(article_id, {})
        if channel is not None:
            earlier[channel] = min(seen_at, earlier.get(channel, seen_at))
    found: dict[Channel, Share] = {}
    for channel, oldest in reach.items():
        first = missed = 0
        for article_id, named in seen_by.items():
            published_at = dates[article_id]
            if channel in named:
                first += named[channel] == min(named.values())
            elif named and (oldest is None or (published_at is not None and published_at >= oldest)):
                missed += 1
        found[channel] = Share(first, missed)
    return found


def oldest(connection: Connection, urls: Iterable[str]) -> datetime | None:
    """The earliest publication date of those articles; None when none is known."""
    keys = [url_key(url) for url in urls]
    if not keys:
        return None
    statement = select(func.min(articles.c.published_at)).where(articles.c.url_key.in_(keys[:_CHUNK]))
    found: datetime | None = connection.scalar(statement)
    return found


def _new_articles(run_id: int) -> Select[Any]:
    """Each new article with every sighting of any page that leads to it, or with none."""
    of_run = (
        select(versions.c.article_id)
        .join(captures, captures.c.id == versions.c.capture_id)
        .where(captures.c.run_id == run_id, versions.c.number == 1)
        .subquery()
    )
    return (
        select(articles.c.id, articles.c.published_at, discoveries.c.channel, discoveries.c.seen_at)
        .join(of_run, of_run.c.article_id == articles.c.id)
        .outerjoin(pages, pages.c.article_id == articles.c.id)
        .outerjoin(discoveries, discoveries.c.url_key == pages.c.url_key)
    )


def edited(connection: Connection, times: Mapping[str, datetime]) -> list[str]:
    """Of known pages, given with when each last changed (aware), those that were fetched before; in their order."""
    by_key = {url_key(url): url for url in times}
    keys = list(by_key)
    found: set[str] = set()
    for start in range(0, len(keys), _CHUNK):
        columns = select(pages.c.url_key, pages.c.fetched_at).where(pages.c.url_key.in_(keys[start : start + _CHUNK]))
        for key, fetched_at in connection.execute(columns):
            if fetched_at is not None and fetched_at < times[by_key[key]]:
                found.add(key)
    return [url for key, url in by_key.items() if key in found]
