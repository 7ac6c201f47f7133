"""Statistics of the archive: its runs, the events of its articles, and its size.

Instants are ISO 8601 strings in UTC, ready for JSON, unless a docstring says otherwise.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, case, func, select, union_all

from storage.db.clock import latest_believed
from storage.db.database import read_transaction
from storage.db.schema import articles, captures, pages, runs, sites, versions
from storage.db.schema import events as events_table
from storage.queries.run_history import IS_CRAWL
from storage.records import date_json

DAYS_SHOWN = 14


def recent_runs(
    engine: Engine, site: str | None = None, limit: int = 20, *, now: datetime | None = None
) -> list[dict[str, Any]]:
    """The latest rows of `runs`, newest first; reasons is {reason: count}.

    Runs dated in the future come last. now: aware; None: the present time.
    """
    statement = _newest_runs(now).limit(limit)
    if site is not None:
        statement = statement.where(runs.c.site == site)
    with read_transaction(engine) as connection:
        return [_run(row) for row in connection.execute(statement)]


def _newest_runs(now: datetime | None) -> Select[Any]:
    future = case((runs.c.started_at > latest_believed(now), 1), else_=0)
    return select(runs).order_by(future, runs.c.started_at.desc(), runs.c.id.desc())


def events(engine: Engine, run_id: int) -> list[dict[str, Any]]:
    """The results of a run by article: {event, id, title}.

    event is one of "new", "changed", "gone", "restored", "parted".
    """
    kinds = ((versions, case((versions.c.number == 1, "new"), else_="changed")), (events_table, events_table.c.kind))
    parts = (
        select(kind, articles.c.id, articles.c.title)
        .join_from(table, captures, captures.c.id == table.c.capture_id)
        .join(articles, articles.c.id == table.c.article_id)
        .where(captures.c.run_id == run_id, articles.c.status != "removed")
        for table, kind in kinds
    )
    with read_transaction(engine) as connection:
        rows = sorted({tuple(row) for row in connection.execute(union_all(*parts))}, key=lambda row: row[1:])
    return [{"event": event, "id": ref, "title": title} for event, ref, title in rows]


def article_events(engine: Engine, record: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The events of an article as a whole, oldest first: {event, at, since, reason}. record: from `article_by`.

    event: "gone", "restored", "moved" (to another URL, `to`), "partial", "whole" (as its page shows it), or "parted"
    (from another article, `other`: its id).
    at: time of the revisit or repair that established it. since: for "gone", the first revisit without the article.
    reason: not-found, soft-404, home, listing or elsewhere (the result of its URL; of "moved", if the site shows it at
    another URL); redirect (to its new URL); canonical (the URL that both articles seemed to have); None for "restored".
    """
    table = events_table.c
    columns = (table.kind, table.at, table.since, table.reason, table.other_id, captures.c.url)
    source = events_table.outerjoin(captures, captures.c.id == table.capture_id)
    statement = select(*columns).select_from(source).where(table.article_id == (record["id"] if record else None))
    with read_transaction(engine) as connection:
        rows = connection.execute(statement.order_by(table.at, table.id)).all()
    return [
        {"event": kind, "at": date_json(at), "since": date_json(since), "reason": reason}
        | ({"other": other} if other is not None and kind == "parted" else {})
        | ({"to": url} if kind == "moved" else {})
        for kind, at, since, reason, other, url in rows
    ]


def last_success(engine: Engine, *, now: datetime | None = None) -> dict[str, tuple[datetime | None, int]]:
    """By site: the end of its last crawl with status "done" (aware; None: none), and its number of articles.

    Crawls dated in the future do not count. now: aware; None: the present time.
    """
    ended = (
        select(runs.c.site, func.max(runs.c.finished_at).label("ended"))
        .where(runs.c.status == "done", IS_CRAWL, runs.c.finished_at <= latest_believed(now))
        .group_by(runs.c.site)
        .subquery()
    )
    statement = select(sites.c.name, ended.c.ended).outerjoin(ended, ended.c.site == sites.c.name)
    with read_transaction(engine) as connection:
        counts = {each["site"]: each["articles"] for each in _sites(connection)}
        rows = connection.execute(statement.order_by(sites.c.name)).all()
    return {name: (finished_at, counts.get(name, 0)) for name, finished_at in rows}


def site_homes(engine: Engine) -> dict[str, str]:
    """The home page of each site of the archive, by name."""
    with read_transaction(engine) as connection:
        return {row.name: row.home for row in connection.execute(select(sites.c.name, sites.c.home))}


def stats(engine: Engine, *, now: datetime | None = None) -> dict[str, Any]:
    """Statistics of the entire archive, read in one transaction.

    articles, versions, captures, bytes (of WARC records), first_published and last_published (None if no article is
    dated), sites [{site, articles, first_published, last_published}], days [{day, articles}] for the last 14 days of
    publication (UTC), oldest first, with zeros, pages {state: count}, last_run (as in recent_runs; None without runs)
    and its reasons. now: aware; None: the present time.
    """
    with read_transaction(engine) as connection:
        counted, size = connection.execute(
            select(func.count(), func.coalesce(func.sum(captures.c.warc_length), 0)).select_from(captures)
        ).one()
        by_site = _sites(connection)
        states = connection.execute(select(pages.c.state, func.count()).group_by(pages.c.state)).all()
        last_run = connection.execute(_newest_runs(now).limit(1)).first()
        published = [each for site in by_site for each in (site["first_published"], site["last_published"]) if each]
        return {
            "articles": sum(each["articles"] for each in by_site),
            "versions": connection.scalar(select(func.count()).select_from(versions)),
            "captures": counted,
            "bytes": int(size),
            "first_published": min(published, default=None),
            "last_published": max(published, default=None),
            "sites": by_site,
            "days": _days(connection, (now or datetime.now(UTC)).astimezone(UTC).date()),
            "pages": {str(state): count for state, count in states},
            "last_run": _run(last_run) if last_run else None,
            "reasons": last_run.reasons if last_run else {},
        }


def _sites(connection: Connection) -> list[dict[str, Any]]:
    dates = (func.min(articles.c.published_at), func.max(articles.c.published_at))
    statement = select(articles.c.site, func.count(), *dates).where(articles.c.status != "removed")
    rows = connection.execute(statement.group_by(articles.c.site).order_by(articles.c.site))
    return [
        {"site": site, "articles": count, "first_published": date_json(first), "last_published": date_json(last)}
        for site, count, first, last in rows
    ]


def _days(connection: Connection, today: date) -> list[dict[str, Any]]:
    days = [today - timedelta(days=ago) for ago in reversed(range(DAYS_SHOWN))]
    start = datetime(days[0].year, days[0].month, days[0].day, tzinfo=UTC)
    day = func.date(articles.c.published_at)  # in UTC on both engines: see storage.db.database
    statement = select(day, func.count()).where(
        articles.c.published_at >= start,
        articles.c.published_at < start + timedelta(days=DAYS_SHOWN),
        articles.c.status != "removed",
    )
    counts = {str(each): count for each, count in connection.execute(statement.group_by(day))}
    return [{"day": each.isoformat(), "articles": counts.get(each.isoformat(), 0)} for each in days]


def _run(row: Row[Any]) -> dict[str, Any]:
    # SQLAlchemy's keys are a subclass of str, which orjson refuses.
    record = {str(name): value for name, value in row._mapping.items()}
    return record | {name: date_json(record[name]) for name in ("started_at", "finished_at")}
