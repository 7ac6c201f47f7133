"""Baseline of a site: the number of new articles to expect by its earlier runs, and probabilities of fewer. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import comb, exp
from statistics import median

DAY = timedelta(days=1)
WEEKS = 4  # earlier weeks whose same weekday is compared


def expected(runs: Sequence[tuple[datetime, int]], end: datetime, length: timedelta) -> float | None:
    """Expected number of new articles in the period of this length before `end`; None with too few earlier runs.

    runs: start and number of new articles of each run, without the first run, which fetches the backlog. The result is
    the median of the same hours of the same weekday in the four weeks before, if at least two of them had runs; else of
    the same hours of the seven days before, if at least three had.
    """
    weekly = [_sum(runs, end - week * 7 * DAY, length) for week in range(1, WEEKS + 1)]
    known = [count for count in weekly if count is not None]
    if len(known) >= 2:
        return float(median(known))
    daily = [_sum(runs, end - day * DAY, length) for day in range(1, 8)]
    known = [count for count in daily if count is not None]
    return float(median(known)) if len(known) >= 3 else None


def observed(runs: Sequence[tuple[datetime, int]], end: datetime, length: timedelta) -> int:
    """Number of new articles in the period of this length before `end`."""
    return _sum(runs, end, length) or 0


def _sum(runs: Sequence[tuple[datetime, int]], end: datetime, length: timedelta) -> int | None:
    """New articles of the runs that began in the period; None without any. The period is shifted by some minutes, as
    cron does not start at the same second.
    """
    grace = min(length / 10, timedelta(minutes=30))
    counts = [new for at, new in runs if end - length + grace < at <= end + grace]
    return sum(counts) if counts else None


def poisson_at_most(count: int, mean: float) -> float:
    """Probability of at most `count` events if `mean` are expected (Poisson)."""
    if mean > 700:  # exp(-745) is 0; the answer is certain long before
        return 0.0 if count < mean / 2 else 1.0
    term = total = exp(-mean)
    for number in range(1, count + 1):
        term *= mean / number
        total += term
    return min(1.0, total)


def binomial_at_most(count: int, trials: int, rate: float) -> float:
    """Probability of at most `count` hits in `trials`, each a hit with probability `rate`."""
    rate = min(max(rate, 0.0), 0.999)  # a rate of 1 in the past is no certainty
    return sum(comb(trials, hits) * rate**hits * (1 - rate) ** (trials - hits) for hits in range(count + 1))
