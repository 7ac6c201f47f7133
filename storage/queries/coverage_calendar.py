"""A site's articles per day and channel, with the gaps between them. Read-only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, Engine, select

from storage.db.database import read_transaction
from storage.db.schema import articles, discoveries, pages, sites
from storage.records import CHANNELS

MOST_DAYS = 36_600  # a century: an article dated 1970 by mistake must not print a calendar of all that time


@dataclass(frozen=True, slots=True)
class CoverageDay:
    """One day in the site's time zone. articles: published that day. named: number of listed articles by channel.

    gap: "empty" for a day without articles between other days, "few" for fewer than a quarter of its weekday's median;
    None: no gap.
    """

    day: date
    articles: int
    named: dict[str, int] = field(default_factory=dict)
    gap: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """All days of a range, oldest first. undated: articles without a known day. channels: those that listed articles.

    unread: number of listed articles that the archive lacks, by channel.
    """

    site: str
    timezone: str
    days: tuple[CoverageDay, ...]
    undated: int
    channels: tuple[str, ...]
    unread: dict[str, int]


def coverage(engine: Engine, site: str, *, first: date | None = None, last: date | None = None) -> Coverage | None:
    """The calendar of one site, from `first` to `last` (both included; None: the first or last article's day).

    None if the archive has no such site. An article's day is its publication date in the site's time zone.
    """
    with read_transaction(engine) as connection:
        zone_name = connection.scalar(select(sites.c.timezone).where(sites.c.name == site))
        if zone_name is None:
            return None
        zone = _zone(zone_name)
        published, undated = _published(connection, site, zone, first, last)
        named, unread = _named(connection, site, zone, first, last)
    known = sorted({*published, *named})
    days = _calendar(known, first, last)
    counts = [published.get(day, 0) for day in days]
    gaps = _gaps(days, counts)
    return Coverage(
        site,
        zone_name,
        tuple(
            CoverageDay(day, count, named.get(day, {}), gap) for day, count, gap in zip(days, counts, gaps, strict=True)
        ),
        undated,
        tuple(name for name in CHANNELS if name in unread),
        {name: unread[name] for name in CHANNELS if name in unread},
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _published(
    connection: Connection, site: str, zone: ZoneInfo, first: date | None, last: date | None
) -> tuple[dict[date, int], int]:
    statement = select(articles.c.published_at).where(articles.c.site == site, articles.c.status != "removed")
    undated_too = articles.c.published_at.is_(None)
    if first is not None:
        begins = datetime.combine(first, time(), zone).astimezone(UTC)
        statement = statement.where(undated_too | (articles.c.published_at >= begins))
    if last is not None:
        ends = datetime.combine(last, time(), zone).astimezone(UTC) + timedelta(days=1)
        statement = statement.where(undated_too | (articles.c.published_at < ends))
    instants = connection.scalars(statement.execution_options(yield_per=5000))
    counts = Counter(instant.astimezone(zone).date() if instant else None for instant in instants)
    return {day: count for day, count in counts.items() if day is not None}, counts[None]


def _named(
    connection: Connection, site: str, zone: ZoneInfo, first: date | None, last: date | None
) -> tuple[dict[date, dict[str, int]], dict[str, int]]:
    """The number of listed articles by day and channel; and by channel, how many of them the archive lacks.

    The day of an article that the archive lacks is the day that the channel states.
    """
    statement = (
        select(discoveries.c.channel, discoveries.c.said_at, articles.c.published_at, articles.c.id)
        .outerjoin(pages, pages.c.url_key == discoveries.c.url_key)
        .outerjoin(articles, articles.c.id == pages.c.article_id)
        .where(discoveries.c.site == site)
    )
    named: dict[date, dict[str, int]] = {}
    unread: dict[str, int] = {}
    for channel, said_at, published_at, article_id in connection.execute(statement.execution_options(yield_per=5000)):
        unread.setdefault(channel, 0)
        instant = published_at or said_at
        day = instant.astimezone(zone).date() if instant is not None else None
        if day is not None and ((first and day < first) or (last and day > last)):
            continue
        unread[channel] += article_id is None
        if day is not None:
            of_day = named.setdefault(day, {})
            of_day[channel] = of_day.get(channel, 0) + 1
    return named, unread


def _calendar(known: Sequence[date], first: date | None, last: date | None) -> list[date]:
    """All days from the first to the last; at most the latest MOST_DAYS."""
    if not known and (first is None or last is None):
        return []
    start = first or known[0]
    end = last or known[-1]
    if (end - start).days >= MOST_DAYS:
        start = end - timedelta(days=MOST_DAYS - 1)
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def _gaps(days: Sequence[date], counts: Sequence[int]) -> list[str | None]:
    """The gap of each day, as in CoverageDay. counts: articles per day."""
    nonzero = [position for position, count in enumerate(counts) if count]
    if not nonzero:
        return [None] * len(days)
    usual = {
        weekday: median(of_weekday)
        for weekday in range(7)
        if (of_weekday := [n for day, n in zip(days, counts, strict=True) if day.weekday() == weekday and n])
    }
    gaps: list[str | None] = [None] * len(days)
    for position in range(nonzero[0] + 1, nonzero[-1]):
        if counts[position] == 0:
            gaps[position] = "empty"
        elif counts[position] * 4 < usual[days[position].weekday()]:
            gaps[position] = "few"
    return gaps
