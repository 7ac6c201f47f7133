"""How many new articles a site's own past leads one to expect, and how unlikely it is to see so few. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import comb, exp
from statistics import median

DAY = timedelta(days=1)
WEEKS = 4  # how far back the same weekday is looked at


def expected(runs: Sequence[tuple[datetime, int]], end: datetime, length: timedelta) -> float | None:
    """New articles to expect in the time of that length before `end`; None when the past says too little.

    runs: when each run began, and the new articles that it brought; the first run, which brings the backlog, left
    out. The median of the same hours of the same weekday in the four weeks before, where two of them had runs; else
    of the same hours of the seven days before, where three had.
    """
    weekly = [_sum(runs, end - week * 7 * DAY, length) for week in range(1, WEEKS + 1)]
    known = [count for count in weekly if count is not None]
    if len(known) >= 2:
        return float(median(known))
    daily = [_sum(runs, end - day * DAY, length) for day in range(1, 8)]
    known = [count for count in daily if count is not None]
    return float(median(known)) if len(known) >= 3 else None


def observed(runs: Sequence[tuple[datetime, int]], end: datetime, length: timedelta) -> int:
    """New articles that came in the time of that length up to `end`."""
    return _sum(runs, end, length) or 0


def _sum(runs: Sequence[tuple[datetime, int]], end: datetime, length: timedelta) -> int | None:
    """None when no run began then. A few minutes' grace, as cron does not strike at the same second."""
    grace = min(length / 10, timedelta(minutes=30))
    counts = [new for at, new in runs if end - length + grace < at <= end + grace]
    return sum(counts) if counts else None


def poisson_at_most(count: int, mean: float) -> float:
    """The probability of so few events or fewer, where `mean` are expected."""
    if mean > 700:  # exp(-745) is 0: far beyond any doubt that matters here
        return 0.0 if count < mean / 2 else 1.0
    term = total = exp(-mean)
    for number in range(1, count + 1):
        term *= mean / number
        total += term
    return min(1.0, total)


def binomial_at_most(count: int, trials: int, rate: float) -> float:
    """The probability of so few hits or fewer in `trials`, each a hit with probability `rate`."""
    rate = min(max(rate, 0.0), 0.999)  # "always" in the past is no promise
    return sum(comb(trials, hits) * rate**hits * (1 - rate) ** (trials - hits) for hits in range(count + 1))
