"""Compares schedules on the same sites with the same number of requests: the articles and edits that each sees."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import median

from storage.revisits.revisit_times import REVISITS
from storage.schedule.intervals import PACE
from tests.benchmarks.schedule.crawls import WARM_DAYS, Schedule, live
from tests.benchmarks.schedule.optimum import optimal_edits_seen
from tests.benchmarks.schedule.world import Signals, SimulatedSite

PRODUCT = Schedule(PACE, REVISITS["normal"])


@dataclass(frozen=True, slots=True)
class Measured:
    """requests: a site and day, without revisits. in_all: with them. revisits: an article. edits, optimal: shares seen.

    of_all: as edits, with those between an article's publication and its first capture. delay_min: median of all new articles. largest_delay_min: the largest median of a site with twenty articles a day or
    more. lag_h: median, of edits. deletions: share seen. deletion_h: their median lag. gap_s: least between two requests.
    of_optimum: by the site's signals.
    """

    requests: float
    crawls: float
    delay_min: float
    largest_delay_min: float
    gap_s: float
    in_all: float = 0.0
    revisits: float = 0.0
    edits: float = 0.0
    optimal: float = 0.0
    of_all: float = 0.0
    lag_h: float = 0.0
    deletions: float = 0.0
    deletion_h: float = 0.0
    of_optimum: tuple[tuple[Signals, float], ...] = ()


def measure(sites: Sequence[SimulatedSite], schedule: Schedule, *, days: float, revisits: bool = True) -> Measured:
    """Measure a schedule on these sites."""
    weeks = [live(site, schedule, days=days, revisits=revisits) for site in sites]
    counted = (days - WARM_DAYS) * len(sites)
    crawled = Measured(
        requests=sum(each.requests for each in weeks) / counted,
        crawls=sum(each.crawls for each in weeks) / counted,
        delay_min=60 * median(delay for each in weeks for delay in each.delays),
        largest_delay_min=max((60 * median(e.delays) for e in weeks if e.site.a_day >= 20.0), default=0.0),
        gap_s=3600 * min(each.least_gap_h for each in weeks),
    )
    if not revisits:
        return crawled
    best = {each.site.name: optimal_edits_seen(each.site, each.saved, each.revisits) for each in weeks}

    def of_optimum(signals: Signals) -> float:
        theirs = [each for each in weeks if each.site.signals == signals]
        return sum(each.edits_seen for each in theirs) / max(1, sum(best[each.site.name] for each in theirs))

    edits = sum(each.edits for each in weeks)
    return replace(
        crawled,
        in_all=crawled.requests + sum(each.revisits for each in weeks) / counted,
        revisits=sum(each.revisits for each in weeks) / sum(len(each.saved) for each in weeks),
        edits=sum(each.edits_seen for each in weeks) / edits,
        optimal=sum(best.values()) / edits,
        of_all=sum(each.edits_seen for each in weeks) / sum(each.all_edits for each in weeks),
        lag_h=median(lag for each in weeks for lag in each.lags),
        deletions=sum(len(each.deletions_seen) for each in weeks) / max(1, sum(each.deleted for each in weeks)),
        deletion_h=median([lag for each in weeks for lag in each.deletions_seen] or [0.0]),
        of_optimum=tuple((name, of_optimum(name)) for name in ("none", "noisy", "honest")),
    )


def at_requests(sites: Sequence[SimulatedSite], requests: float, *, days: float) -> Schedule:
    """The product's schedule with the pace that comes to so many requests, without revisits."""
    low, high = timedelta(minutes=1), timedelta(days=4)
    for _ in range(11):
        pace = low * (high / low) ** 0.5
        if measure(sites, replace(PRODUCT, pace=pace), days=days, revisits=False).requests > requests:
            low = pace
        else:
            high = pace
    return replace(PRODUCT, pace=high)


def at_requests_in_all(sites: Sequence[SimulatedSite], requests: float, *, days: float) -> Measured:
    """Measure the product's schedule with a total number of requests, for which its revisits are reduced."""
    low, high = 0.2, 12.0
    best: Measured | None = None
    for _ in range(5):
        visits = (low + high) / 2
        measured = measure(sites, replace(PRODUCT, visits=visits), days=days)
        if measured.in_all > requests:
            high = visits
        else:
            low, best = visits, measured
    return best or measured
