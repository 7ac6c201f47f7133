"""Seeded outlets for the queue: how much each publishes, at which hours, its delay, and its outages.

The mean is sixty articles a day. The spread of sizes, the outages and the slow hosts are assumptions, named here.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from math import exp
from random import Random

MEAN_A_DAY, SPREAD, LEAST, MOST = 60.0, 1.2, 0.2, 2_000.0  # log-normal: half of the outlets publish under thirty a day
SLOW, SLOW_DELAY_S = 0.05, 10.0  # outlets whose robots.txt has a Crawl-delay
UP_H, DOWN_H = 30 * 24.0, 3.0  # mean times between two outages of an outlet, and of one outage
ANSWER_S, ANSWER_SPREAD = 0.5, 0.8  # median of an answer's seconds, and its spread over outlets
HOURS = 24


@dataclass(slots=True)
class Outlet:
    """a_day: articles in the mean. weights: by hour of the day (UTC), 1 in the mean. outages: (from, to), hours.

    rng: its own, so that what it publishes does not depend on the order of crawls.
    """

    a_day: float
    delay_s: float
    answer_s: float
    weights: tuple[float, ...]
    outages: list[tuple[float, float]]
    rng: Random = field(repr=False)
    _sums: list[float] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self._sums = [0.0]
        for weight in self.weights:
            self._sums.append(self._sums[-1] + weight)

    def published(self, start_h: float, end_h: float) -> int:
        """How many articles come out between two times."""
        return _poisson(self.rng, self.a_day / HOURS * (self._area(end_h) - self._area(start_h)))

    def _area(self, hours: float) -> float:
        days, rest = divmod(hours, HOURS)
        whole = int(rest)
        return days * HOURS + self._sums[whole] + (rest - whole) * self.weights[whole]

    def is_away(self, at_h: float) -> bool:
        """Whether nothing answers then."""
        place = bisect_right(self.outages, (at_h, float("inf"))) - 1
        return place >= 0 and at_h < self.outages[place][1]


def make_outlets(seed: int, count: int, *, delay_s: float, hours: float) -> list[Outlet]:
    """Outlets with sixty articles a day in the mean. hours: so long their outages are drawn for."""
    rng = Random(seed)
    sizes = [min(MOST, max(LEAST, exp(rng.gauss(0.0, SPREAD)) * MEAN_A_DAY / exp(SPREAD**2 / 2))) for _ in range(count)]
    scale = MEAN_A_DAY * count / sum(sizes)
    return [_make(rng, size * scale, delay_s, hours) for size in sizes]


def _make(rng: Random, a_day: float, delay_s: float, hours: float) -> Outlet:
    outages, at = [], rng.expovariate(1 / UP_H) - UP_H * 0.01
    while at < hours:
        ends = at + rng.expovariate(1 / DOWN_H)
        outages.append((at, ends))
        at = ends + rng.expovariate(1 / UP_H)
    delay = SLOW_DELAY_S if rng.random() < SLOW else delay_s
    answer = ANSWER_S * exp(rng.gauss(0.0, ANSWER_SPREAD))
    return Outlet(a_day, delay, answer, _weights(rng.randrange(3, 8)), outages, Random(rng.getrandbits(64)))


def _weights(wakes: int) -> tuple[float, ...]:
    """As in the simulated schedule: next to nothing for five hours of the night, more in the morning."""
    raw = [0.03 if hour >= 19 else 0.75 if 5 <= hour < 9 else 0.6 for hour in range(HOURS)]
    mean = sum(raw) / HOURS
    return tuple(raw[(hour - wakes) % HOURS] / mean for hour in range(HOURS))


def _poisson(rng: Random, mean: float) -> int:
    if mean > 50.0:
        return max(0, round(rng.gauss(mean, mean**0.5)))
    count, product, limit = 0, rng.random(), exp(-mean)
    while product > limit:
        count, product = count + 1, product * rng.random()
    return count
