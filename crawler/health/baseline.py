"""Baseline: the new articles expected of a site by its earlier runs, and how unlikely it is to see so few. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import comb, exp
from statistics import median

DAY = timedelta(days=1)
WEEKS = 4  # earlier weeks whose same weekday counts


def expected(runs: Sequence[tuple[datetime, int]], end: datetime, length: timedelta) -> float | None:
    """Expected number of new articles in the period of that length before `end`; None with too few earlier runs.

    runs: start and number of new articles of each run, without the first run, which brings the backlog. The result is
    the median of the same hours of the same weekday in the four weeks before, where at least two had runs; else of the
    same hours of the seven days before, where at least three had.
    """
    weekly = [_sum(runs, end - week * 7 * DAY, length) for week in range(1, WEEKS + 1)]
    known = [count for count in weekly if count is not None]
    if len(known) >= 2:
        return float(median(known))
    daily = [_sum(runs, end - day * DAY, length) for day in range(1, 8)]
    known = [count for count in daily if count is not None]
    return float(median(known)) if len(known) >= 3 else None


def observed(runs: Sequence[tuple[datetime, int]], end: datetime, length: timedelta) -> int:
    """Number of new articles in the period of that length before `end`."""
    return _sum(runs, end, length) or 0


def _sum(runs: Sequence[tuple[datetime, int]], end: datetime, length: timedelta) -> int | None:
    """None when no run began in the period. Some minutes are allowed for: cron does not start at the same second."""
    grace = min(length / 10, timedelta(minutes=30))
    counts = [new for at, new in runs if end - length + grace < at <= end + grace]
    return sum(counts) if counts else None


def poisson_at_most(count: int, mean: float) -> float:
    """Probability of at most `count` events where `mean` are expected (Poisson)."""
    if mean > 700:  # exp(-745) is 0; the answer is certain long before
        return 0.0 if count < mean / 2 else 1.0
    term = total = exp(-mean)
    for number in range(1, count + 1):
        term *= mean / number
        total += term
    return min(1.0, total)


def binomial_at_most(count: int, trials: int, rate: float) -> float:
    """Probability of at most `count` hits in `trials`, each a hit with probability `rate`."""
    rate = min(max(rate, 0.0), 0.999)  # "always" in the past is not certainty
    return sum(comb(trials, hits) * rate**hits * (1 - rate) ** (trials - hits) for hits in range(count + 1))
