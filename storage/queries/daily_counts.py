"""Counts of the latest days, for plots: articles a day by site and country, edits, deletions, delays. Read-only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, case, func, select

from storage.db.database import read_transaction
from storage.db.schema import articles, events, runs, sites, versions
from storage.queries.run_history import IS_CRAWL

DAYS = 30
# Upper bounds of the spans of delays, in seconds; a last span has no upper bound.
DELAYS_S = (15 * 60, 3600, 6 * 3600, 24 * 3600, 7 * 24 * 3600)
_CLOCKED = ("second", "minute")


@dataclass(frozen=True, slots=True)
class DailyCounts:
    """days: in UTC, oldest first; each list of counts has one for each day.

    by_site, by_country: articles by day of publication, the largest series first; country None: unknown. edited:
    versions after the first. gone: articles that left their site. delays: number of articles first seen within each
    span of DELAYS_S after publication, and later; only articles with a time, published since their site's first crawl.
    """

    days: tuple[date, ...]
    by_site: dict[str, list[int]]
    by_country: dict[str | None, list[int]]
    edited: list[int]
    gone: list[int]
    delays: list[int]


def daily_counts(engine: Engine, *, now: datetime | None = None) -> DailyCounts:
    """The last DAYS days. now: aware; None: the present time."""
    today = (now or datetime.now(UTC)).astimezone(UTC).date()
    days = tuple(today - timedelta(days=ago) for ago in reversed(range(DAYS)))
    start = datetime.combine(days[0], time(), UTC)
    span = (start, start + timedelta(days=DAYS))
    with read_transaction(engine) as connection:
        published = _published(connection, span)
        countries = {row.name: row.country for row in connection.execute(select(sites.c.name, sites.c.country))}
        edited = _a_day(connection, versions.c.seen_at, versions.c.article_id, versions.c.number > 1, span)
        gone = _a_day(connection, events.c.at, events.c.article_id, events.c.kind == "gone", span)
        delays = _delays(connection, span)
    return DailyCounts(
        days,
        _series(days, ((site, day, count) for site, day, count in published)),
        _series(days, ((countries.get(site), day, count) for site, day, count in published)),
        _series(days, ((None, day, count) for day, count in edited)).get(None, [0] * DAYS),
        _series(days, ((None, day, count) for day, count in gone)).get(None, [0] * DAYS),
        delays,
    )


def _published(connection: Connection, span: tuple[datetime, datetime]) -> list[tuple[str, str, int]]:
    day = func.date(articles.c.published_at)  # in UTC on both engines: see storage.db.database
    statement = (
        select(articles.c.site, day, func.count())
        .where(_within(articles.c.published_at, span), articles.c.status != "removed")
        .group_by(articles.c.site, day)
    )
    return [(site, str(at), count) for site, at, count in connection.execute(statement)]


def _a_day(
    connection: Connection, at: Any, article_id: Any, condition: ColumnElement[bool], span: tuple[datetime, datetime]
) -> list[tuple[str, int]]:
    statement = (
        select(func.date(at), func.count())
        .join(articles, articles.c.id == article_id)
        .where(condition, _within(at, span), articles.c.status != "removed")
        .group_by(func.date(at))
    )
    return [(str(day), count) for day, count in connection.execute(statement)]


def _delays(connection: Connection, span: tuple[datetime, datetime]) -> list[int]:
    began = (
        select(runs.c.site, func.min(runs.c.started_at).label("at")).where(IS_CRAWL).group_by(runs.c.site).subquery()
    )
    if connection.dialect.name == "postgresql":
        delay: Any = func.extract("epoch", articles.c.first_seen_at - articles.c.published_at)
    else:
        delay = (func.julianday(articles.c.first_seen_at) - func.julianday(articles.c.published_at)) * 86400.0
    place = case(*((delay < end, number) for number, end in enumerate(DELAYS_S)), else_=len(DELAYS_S))
    statement = (
        select(place, func.count())
        .join_from(articles, began, began.c.site == articles.c.site)
        .where(
            _within(articles.c.published_at, span),
            articles.c.status != "removed",
            articles.c.published_precision.in_(_CLOCKED),
            articles.c.published_at >= began.c.at,
        )
        .group_by(place)
    )
    counts = {row[0]: row[1] for row in connection.execute(statement)}
    return [counts.get(number, 0) for number in range(len(DELAYS_S) + 1)]


def _within(column: Any, span: tuple[datetime, datetime]) -> ColumnElement[bool]:
    return and_(column >= span[0], column < span[1])


def _series(days: Sequence[date], rows: Iterable[tuple[Any, str, int]]) -> dict[Any, list[int]]:
    """The counts of each day by name, the largest sums first."""
    places = {day.isoformat(): place for place, day in enumerate(days)}
    counts: dict[Any, list[int]] = {}
    for name, day, count in rows:
        counts.setdefault(name, [0] * len(days))[places[day]] += count
    return dict(sorted(counts.items(), key=lambda pair: (-sum(pair[1]), str(pair[0]))))
