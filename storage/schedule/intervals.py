"""The interval between two crawls of a site, by how much was new and at which hours. Pure functions.

For the same number of crawls the mean delay of all articles is least where each site, and each hour of a site's day, is
crawled in proportion to the square root of the articles that it brings (Sia, Cho and Cho 2007, for feeds). How many
those are is estimated from what each crawl found, with the last ten articles or the last week as memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

START, FLOOR, CEILING = timedelta(hours=1), timedelta(minutes=10), timedelta(hours=24)
PACE = timedelta(hours=6.2)  # the interval of a site that publishes one article a day
MEMORY_ARTICLES, MEMORY = 10.0, timedelta(days=7)
# A crawl that finds more than this share of its list new may have missed others, which came and went in between.
MANY, SHORTER = 0.67, 0.67
# Lists are of all lengths: REST names the newest hundred, a feed ten to fifty. Shares are of so many at most.
LIST_LENGTH = 30
SLACK = 0.1  # of the interval: cron starts a crawl every ten minutes, not at the second when a site is due
# Hours of the day (UTC) at which a site publishes next to nothing, from so many articles on, seen over so many days.
ENOUGH_ARTICLES, QUIET_SHARE = 100.0, 0.1
HALF_LIFE = timedelta(days=7)  # of an hour's count
HOURS = 24
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl found. listed: articles that its longest list named, known ones too. new: articles that it saved.

    answered: whether anything could be read.
    """

    new: int
    listed: int
    answered: bool = True

    @property
    def share(self) -> float:
        """Share of new ones among what a list of usual length names."""
        if self.new == 0:
            return 0.0
        return min(1.0, self.new / max(1, min(self.listed, LIST_LENGTH)))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a site is crawled. Instants are aware.

    crawled_at: when the last crawl that counted began; None: none has. next_at: when the next one is due; None: now.
    failures: crawls in a row that could read nothing. hours: as `is_quiet`.
    """

    interval: timedelta = START
    crawled_at: datetime | None = None
    next_at: datetime | None = None
    failures: int = 0
    hours: tuple[float, ...] = ()


def after_crawl(before: Rhythm, crawled: Crawled, began: datetime, *, pace: timedelta = PACE) -> Rhythm:
    """The rhythm after a crawl that began then. The first crawl leaves the interval as it is. pace: as PACE."""
    interval, hours = before.interval, before.hours
    if before.crawled_at is not None:
        since_last = max(timedelta(), began - before.crawled_at)
        interval = next_interval(interval, crawled, since_last * activity(before.crawled_at, began, hours), pace)
        hours = tuple(counted(hours, crawled.new, began, since_last))
    failures = 0 if crawled.answered else before.failures + 1
    return Rhythm(interval, began, next_crawl(began, interval, failures, hours), failures, hours)


def next_interval(interval: timedelta, crawled: Crawled, since_last: timedelta, pace: timedelta = PACE) -> timedelta:
    """The interval after a crawl. since_last: how long ago the one before began, in hours of usual activity."""
    if not crawled.answered:
        return interval
    a_day: float = (pace / interval) ** 2
    memory = min(_DAY * MEMORY_ARTICLES / a_day, MEMORY)
    a_day = (a_day * (memory / _DAY) + crawled.new) / ((memory + since_last) / _DAY)
    following = pace / a_day**0.5 if a_day > 0 else CEILING
    if crawled.share > MANY:
        following = min(following, interval * SHORTER)
    return timedelta(seconds=round(min(CEILING, max(FLOOR, following)).total_seconds()))  # as the archive keeps it


def next_crawl(began: datetime, interval: timedelta, failures: int, hours: Sequence[float]) -> datetime:
    """When the site is due next, after a crawl that began then. failures: crawls in a row that could read nothing.

    The wait doubles with every further failure, and is shorter at hours of more articles. It lasts through quiet hours
    and ends with them, but is never longer than a day.
    """
    left = min(CEILING, interval * (1 << min(max(0, failures - 1), 10)))
    paces = [weight**0.5 for weight in _weights(hours)]
    mean = sum(paces) / HOURS
    at, latest = began, began + CEILING
    while at < latest:
        hour_ends = at.replace(minute=0, second=0, microsecond=0) + _HOUR
        if is_quiet(at, hours):
            at = hour_ends
            if not is_quiet(at, hours):
                break
            continue
        passes = (hour_ends - at) * (paces[at.hour] / mean)
        if passes >= left:
            at += left * (mean / paces[at.hour])
            break
        at, left = hour_ends, left - passes
    return min(latest, max(at, began + FLOOR))


def activity(start: datetime, end: datetime, hours: Sequence[float]) -> float:
    """How much a site publishes between two instants, as a ratio to its mean: 1 where its hours are not known."""
    weights = _weights(hours)
    if end - start >= _DAY or end <= start:
        return 1.0
    bounds = [start]
    while (following := bounds[-1].replace(minute=0, second=0, microsecond=0) + _HOUR) < end:
        bounds.append(following)
    bounds.append(end)
    return sum((later - earlier) / (end - start) * weights[earlier.hour] for earlier, later in pairwise(bounds))


def _weights(hours: Sequence[float]) -> list[float]:
    """How much each hour brings, as a ratio to their mean; every hour a little."""
    if len(hours) != HOURS or sum(hours) < ENOUGH_ARTICLES:
        return [1.0] * HOURS
    mean = sum(hours) / HOURS
    # With the hour after: what a crawl finds was published before it.
    return [0.95 * (hours[hour] + hours[(hour + 1) % HOURS]) / (2 * mean) + 0.05 for hour in range(HOURS)]


def is_quiet(at: datetime, hours: Sequence[float]) -> bool:
    """Whether next to nothing is ever new at that hour. hours: counts by hour of the day, UTC; empty: not known."""
    if len(hours) != HOURS or sum(hours) < ENOUGH_ARTICLES:
        return False
    # With the hour before: what a crawl finds was published before it.
    return max(hours[at.hour], hours[(at.hour + 1) % HOURS]) < QUIET_SHARE * sum(hours) / HOURS


def counted(hours: Sequence[float], new: int, at: datetime, since_last: timedelta) -> list[float]:
    """The counts by hour after a crawl that found so many new articles; older ones count ever less."""
    kept = 0.5 ** (since_last / HALF_LIFE)
    counts = [round(count * kept, 2) for count in hours] if len(hours) == HOURS else [0.0] * HOURS
    counts[at.hour] += new
    return counts
