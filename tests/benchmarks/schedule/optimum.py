"""The most edits that can be seen with a number of revisits, given knowledge that no crawler has.

One knows how often each article will be edited, and at which ages its site edits, but not the instants (the optimum of Azar
et al. 2018, for edits that count once between two visits). Of a rate's edits, m visits see the most where the same share of
them falls between each two, and m is larger as long as one visit more sees more than its price; the price is that at which a
site's visits are as many as the schedule's. Each article has at least the last check, as in the schedule.
"""

from bisect import bisect_left
from math import exp

from tests.benchmarks.schedule.world import LIFE_H, SimulatedSite, share_of_edits


def optimal_edits_seen(site: SimulatedSite, seen_from: list[tuple[int, float]], visits: int) -> int:
    """How many edits such visits see. seen_from: number of each article, and its age in hours when it was saved."""
    shares = [(number, share_of_edits(site, age_h)) for number, age_h in seen_from]
    end = share_of_edits(site, LIFE_H)
    rates = [site.articles[number].rate * max(0.0, end - share) for number, share in shares]
    low, high = 0.0, 1.0
    for _ in range(30):
        price = (low + high) / 2
        if sum(_visits_of(rate, price) for rate in rates) > visits:
            low = price
        else:
            high = price
    spare = visits - sum(_visits_of(rate, high) for rate in rates)
    seen = 0
    for (number, share), rate in zip(shares, rates, strict=True):
        count = _visits_of(rate, high)
        if spare > 0 and _visits_of(rate, low) > count:
            count, spare = count + 1, spare - 1
        article = site.articles[number]
        bounds = [share + (end - share) * n / count for n in range(1, count)]
        later = [at for at in (share_of_edits(site, edit - article.published) for edit in article.edits) if at > share]
        seen += len({bisect_left(bounds, at) for at in later})
    return seen


def _visits_of(rate: float, price: float) -> int:
    count = 1
    while _seen(rate, count + 1) - _seen(rate, count) > price:
        count += 1
    return count


def _seen(rate: float, visits: int) -> float:
    return visits * (1.0 - exp(-rate / visits))
