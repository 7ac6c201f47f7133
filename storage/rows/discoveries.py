"""Rows of `sightings`: which channel listed which article, and the articles that each channel of a run missed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from storage.db.database import insert_on
from storage.db.schema import articles, captures, discoveries, pages, versions
from storage.records import DATING, Channel, Discovery, StatedDate
from storage.sanitise import sanitised
from storage.urls import url_key

_CHUNK = 2000
_SAID = ("said_at", "said_offset", "said_raw", "said_precision")
_STATED = (
    select(discoveries.c.url_key, discoveries.c.channel, *(discoveries.c[name] for name in _SAID))
    .where(discoveries.c.url_key.in_(bindparam("keys", expanding=True)))
    .where(discoveries.c.said_raw.is_not(None), discoveries.c.channel.in_(DATING))
)


@dataclass(frozen=True, slots=True)
class Share:
    """One channel's share of a run's new articles: those it listed first, and those that only others listed."""

    first: int = 0
    missed: int = 0


def add(connection: Connection, site: str, channel: Channel, seen: Iterable[Discovery], *, now: datetime) -> None:
    """Record the articles that a channel lists.

    An article that it listed before keeps its first time, and gets a date if it had none.
    """
    rows: dict[str, dict[str, Any]] = {}
    for each in seen:
        key = url_key(each.url)
        rows.setdefault(key, {"url_key": key, "channel": channel, "site": site, "seen_at": now, **_said(each)})
    statement = _upsert(connection.dialect.name)
    keys = sorted(rows)  # writers that lock rows in the same order can't deadlock
    for start in range(0, len(keys), _CHUNK):
        connection.execute(statement, [rows[key] for key in keys[start : start + _CHUNK]])


@cache
def _upsert(dialect: str) -> Any:
    insert = insert_on(dialect, discoveries)
    return insert.on_conflict_do_update(
        index_elements=["url_key", "channel"],
        set_={name: insert.excluded[name] for name in _SAID},
        where=discoveries.c.said_raw.is_(None) & insert.excluded.said_raw.is_not(None),
    )


def _said(discovery: Discovery) -> dict[str, Any]:
    offset = discovery.said_at.utcoffset() if discovery.said_at is not None else None
    return {
        "said_at": discovery.said_at,
        "said_offset": int(offset.total_seconds() // 60) if offset is not None else None,
        "said_raw": sanitised(discovery.said_raw) if discovery.said_raw else None,
        "said_precision": discovery.said_precision,
    }


def stated_dates(connection: Connection, keys: Iterable[str]) -> dict[str, StatedDate]:
    """The publication dates that REST, or else a feed, states for the pages with these keys, by key.

    Dates of sitemaps are not used: they may be of the file, or of the last change.
    """
    dates: dict[str, StatedDate] = {}
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        rows = connection.execute(_STATED, {"keys": chunk})
        for key, channel, said_at, offset, raw, precision in sorted(rows, key=lambda row: DATING.index(row.channel)):
            value = said_at.astimezone(timezone(timedelta(minutes=offset or 0)))
            dates.setdefault(key, StatedDate(value, raw, precision, channel))
    return dates


def shares(connection: Connection, run_id: int, reach: Mapping[Channel, datetime | None]) -> dict[Channel, Share]:
    """Each channel's share of the articles that are new in this run.

    reach: for each channel that was read, its oldest date; None: it was read to its end. An article that is older, or
    undated, does not count as missed by the channel.
    """
    seen_by: dict[int, dict[str, datetime]] = {}
    dates: dict[int, datetime | None] = {}
    for article_id, published_at, channel, seen_at in connection.execute(_new_articles(run_id)):
        dates[article_id] = published_at
        earlier = seen_by.setdefault(article_id, {})
        if channel is not None:
            earlier[channel] = min(seen_at, earlier.get(channel, seen_at))
    result: dict[Channel, Share] = {}
    for channel, oldest in reach.items():
        first = missed = 0
        for article_id, named in seen_by.items():
            published_at = dates[article_id]
            if channel in named:
                first += named[channel] == min(named.values())
            elif named and (oldest is None or (published_at is not None and published_at >= oldest)):
                missed += 1
        result[channel] = Share(first, missed)
    return result


def _new_articles(run_id: int) -> Select[Any]:
    """Select each new article with every discovery of a page that shows it, or with none."""
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
