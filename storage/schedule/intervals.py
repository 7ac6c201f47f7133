"""The interval between two crawls of a site, by how much was new and at which hours. Pure functions.

An interval that fits brings something new each time, and not everything: when more than two thirds of what a list names
are new, articles may have come and gone in between; when less than a tenth is, most requests were for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

START, FLOOR, CEILING = timedelta(hours=1), timedelta(minutes=10), timedelta(hours=24)
MANY, FEW = 0.67, 0.10  # of the entries that a list names
SHORTER, LONGER = 0.67, 1.5
# Lists are of all lengths: REST names the newest hundred, a feed ten to fifty. Shares are of so many at most.
LIST_LENGTH = 30
SLACK = 0.1  # of the interval: cron starts a crawl every ten minutes, not at the second when a site is due
# Hours of the day (UTC) at which a site publishes next to nothing, from so many articles on, seen over so many days.
ENOUGH_ARTICLES, QUIET_SHARE = 100.0, 0.1
HALF_LIFE = timedelta(days=7)  # of an hour's count
HOURS = 24


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


def next_interval(interval: timedelta, found: Crawled, since_last: timedelta, *, in_quiet_hour: bool) -> timedelta:
    """The interval after a crawl. since_last: how long ago the one before began.

    A crawl that comes long before its time, or in an hour that never brings anything, says nothing of few new articles.
    """
    if found.share > MANY:
        return max(FLOOR, interval * SHORTER)
    if found.share < FEW and found.answered and since_last >= interval / 2 and not in_quiet_hour:
        return min(CEILING, interval * LONGER)
    return interval


def next_crawl(began: datetime, interval: timedelta, failures: int, hours: Sequence[float]) -> datetime:
    """When the site is due next, after a crawl that began then. failures: crawls in a row that could read nothing.

    The wait doubles with every further failure. It ends no earlier than a quiet hour, but is never longer than a day.
    """
    due = began + min(CEILING, interval * (1 << min(max(0, failures - 1), 10)))
    while is_quiet(due, hours) and due + timedelta(hours=1) <= began + CEILING:
        due = (due + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    return due


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
