"""The interval between two crawls of a site, from the number of new articles and the hours of the day. Pure functions.

For a given number of crawls, the mean delay of all articles is lowest if each site, and each hour of a site's day, is
crawled in proportion to the square root of its number of articles (Sia, Cho and Cho 2007, for feeds). That number is
estimated from the results of each crawl, with the last ten articles or the last week as memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

START, FLOOR, CEILING = timedelta(hours=1), timedelta(minutes=10), timedelta(hours=24)
PACE = timedelta(hours=6.2)  # the interval of a site that publishes one article a day
MEMORY_ARTICLES, MEMORY = 10.0, timedelta(days=7)
# If more than the share MANY of a list is new, articles may have been missed that left the list between two crawls:
# the interval is multiplied by SHORTER.
MANY, SHORTER = 0.67, 0.67
# Lists differ in length: REST names the newest hundred, a feed ten to fifty. Shares are of this number at most.
LIST_LENGTH = 30
SLACK = 0.1  # of the interval: cron starts a crawl every ten minutes, not at the second when a site is due
# An hour of the day (UTC) is quiet below this share of the mean of all hours, if there are enough articles to tell.
ENOUGH_ARTICLES, QUIET_SHARE = 100.0, 0.1
HALF_LIFE = timedelta(days=7)  # of the weight of an hour's count
HOURS = 24
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Crawled:
    """The result of a crawl. listed: articles in its longest list, known ones too. new: articles that it saved.

    answered: whether it could read anything.
    """

    new: int
    listed: int
    answered: bool = True

    @property
    def share(self) -> float:
        """The share of new articles in a list of usual length."""
        if self.new == 0:
            return 0.0
        return min(1.0, self.new / max(1, min(self.listed, LIST_LENGTH)))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The crawl times of a site. Instants are aware.

    crawled_at: start of the last crawl that counted; None: no crawl yet. next_at: when the next one is due; None: now.
    failures: number of consecutive crawls that could read nothing. hours: as for `is_quiet`.
    """

    interval: timedelta = START
    crawled_at: datetime | None = None
    next_at: datetime | None = None
    failures: int = 0
    hours: tuple[float, ...] = ()


def after_crawl(before: Rhythm, crawled: Crawled, began: datetime, *, pace: timedelta = PACE) -> Rhythm:
    """The rhythm after a crawl. began: its start. The first crawl does not change the interval. pace: as PACE."""
    interval, hours = before.interval, before.hours
    if before.crawled_at is not None:
        since_last = max(timedelta(), began - before.crawled_at)
        interval = next_interval(interval, crawled, since_last * activity(before.crawled_at, began, hours), pace)
        hours = tuple(counted(hours, crawled.new, began, since_last))
    failures = 0 if crawled.answered else before.failures + 1
    return Rhythm(interval, began, next_crawl(began, interval, failures, hours), failures, hours)


def next_interval(interval: timedelta, crawled: Crawled, since_last: timedelta, pace: timedelta = PACE) -> timedelta:
    """The interval after a crawl. since_last: time since the start of the one before, weighted by `activity`."""
    if not crawled.answered:
        return interval
    a_day: float = (pace / interval) ** 2
    memory = min(_DAY * MEMORY_ARTICLES / a_day, MEMORY)
    a_day = (a_day * (memory / _DAY) + crawled.new) / ((memory + since_last) / _DAY)
    following = pace / a_day**0.5 if a_day > 0 else CEILING
    if crawled.share > MANY:
        following = min(following, interval * SHORTER)
    return timedelta(seconds=round(min(CEILING, max(FLOOR, following)).total_seconds()))  # stored as seconds


def next_crawl(began: datetime, interval: timedelta, failures: int, hours: Sequence[float]) -> datetime:
    """When the site is due after a crawl. began: its start. failures: consecutive crawls that could read nothing.

    The wait doubles with every further failure, and is shorter at hours with more articles. A wait that reaches into
    quiet hours ends with them, but it is never longer than a day.
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
    """The rate at which a site publishes between two instants, relative to its mean; 1 if its hours are unknown."""
    weights = _weights(hours)
    if end - start >= _DAY or end <= start:
        return 1.0
    bounds = [start]
    while (following := bounds[-1].replace(minute=0, second=0, microsecond=0) + _HOUR) < end:
        bounds.append(following)
    bounds.append(end)
    return sum((later - earlier) / (end - start) * weights[earlier.hour] for earlier, later in pairwise(bounds))


def _weights(hours: Sequence[float]) -> list[float]:
    """The articles of each hour relative to the mean; never 0."""
    if len(hours) != HOURS or sum(hours) < ENOUGH_ARTICLES:
        return [1.0] * HOURS
    mean = sum(hours) / HOURS
    # Averaged with the hour after, since a crawl finds articles published before it.
    return [0.95 * (hours[hour] + hours[(hour + 1) % HOURS]) / (2 * mean) + 0.05 for hour in range(HOURS)]


def is_quiet(at: datetime, hours: Sequence[float]) -> bool:
    """Whether there is hardly anything new at that hour. hours: counts by hour of the day, UTC; empty: unknown."""
    if len(hours) != HOURS or sum(hours) < ENOUGH_ARTICLES:
        return False
    # The hour after counts, too, since a crawl finds articles published before it.
    return max(hours[at.hour], hours[(at.hour + 1) % HOURS]) < QUIET_SHARE * sum(hours) / HOURS


def counted(hours: Sequence[float], new: int, at: datetime, since_last: timedelta) -> list[float]:
    """The counts by hour after a crawl. new: number of new articles. Earlier counts decay with HALF_LIFE."""
    kept = 0.5 ** (since_last / HALF_LIFE)
    counts = [round(count * kept, 2) for count in hours] if len(hours) == HOURS else [0.0] * HOURS
    counts[at.hour] += new
    return counts
