"""The lag of crawls by the slots of a fleet: the simulated queue at several sizes, as tables and as a plot."""

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from crawler.site import DELAY_S
from tests.benchmarks.scale.outlets import make_outlets
from tests.benchmarks.scale.queue_simulation import Day, FleetSize, quantile, simulate
from tests.benchmarks.schedule.curves import Axis, draw

FILE = Path(__file__).with_name("simulated.json")
PROCESS_S = 4.0  # of a crawl beside its requests
AWAY_FROM_H, AWAY_H = 1.0, 0.5
SLOTS = Axis("slots for 1,000 outlets (crawls at once)", (10, 12, 14, 16, 20, 32))
MINUTES = Axis("lag that 95 % of the crawls do not exceed, minutes (simulated)", (2, 5, 10, 30, 60, 120, 300))


@dataclass(frozen=True, slots=True)
class Trial:
    """One simulated fleet. per_1000: slots for 1,000 outlets. start, warm, hours: as of `simulate`. away: half an hour."""

    outlets: int
    per_1000: float
    start: float
    warm: float
    hours: float
    away: bool = False


WHOLE_DAY = Trial(1_000, 32, start=0.0, warm=2.0, hours=24.0)
ABSENCE = Trial(5_000, 20, start=8.0, warm=0.5, hours=3.5, away=True)
BUSIEST = (  # hours of the day
    *(Trial(5_000, slots, start=9.0, warm=0.5, hours=1.5) for slots in (10, 14, 16, 20, 32)),
    *(Trial(100_000, slots, start=9.5, warm=0.25, hours=0.5) for slots in (14, 20)),
)
TRIALS = (WHOLE_DAY, ABSENCE, *BUSIEST)


@dataclass(frozen=True, slots=True)
class Lags:
    """Results of a trial. lags_min: half, 95 % and 99 % of the crawls are no later. late: share later than their interval.

    day: its counts, without the single lags. recovered_h: after the fleet's absence, until 95 % are under ten minutes late.
    """

    trial: Trial
    lags_min: tuple[float, float, float]
    late: float
    used: float
    most_waiting: int
    recovered_h: float | None
    crawls_by_hour: tuple[int, ...]
    day: Day


def run(trial: Trial, seed: int) -> Lags:
    """Simulate it."""
    end = trial.start + trial.warm + trial.hours
    slots = round(trial.outlets * trial.per_1000 / 1000)
    from_h = trial.start + AWAY_FROM_H
    away = (from_h, from_h + AWAY_H) if trial.away else (-1.0, -1.0)
    fleet = FleetSize(slots, process_s=PROCESS_S, away=away)
    outlets = make_outlets(seed, trial.outlets, delay_s=DELAY_S, hours=end)
    day = simulate(outlets, fleet, start=trial.start, warm=trial.warm, hours=trial.hours)
    quarters = {number: quantile(lags, 0.95) for number, lags in sorted(day.by_quarter.items())}
    back = (away[1] - trial.start - trial.warm) * 4
    calm = [number for number, lag in quarters.items() if number >= back and lag < 1 / 6]
    hours = tuple(
        sum(len(day.by_quarter.get(hour * 4 + quarter, ())) for quarter in range(4)) for hour in range(int(trial.hours))
    )
    counts = replace(day, lags_h=[], of_interval=[], by_quarter={})
    return Lags(
        trial,
        (60 * quantile(day.lags_h, 0.5), 60 * quantile(day.lags_h, 0.95), 60 * quantile(day.lags_h, 0.99)),
        sum(share > 1 for share in day.of_interval) / max(1, len(day.of_interval)),
        day.busy_h / trial.hours / slots,
        day.most_waiting,
        (min(calm) + 1 - back) / 4 if trial.away and calm else None,
        hours,
        counts,
    )


def run_all(seed: int, processes: int, trials: Sequence[Trial] = TRIALS) -> list[Lags]:
    """Simulate trials in parallel; the results are the same as one by one."""
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(run, trials, [seed] * len(trials)))


def as_json(results: Sequence[Lags]) -> str:
    """For FILE."""
    return json.dumps([asdict(each) for each in results], indent=1) + "\n"


def read() -> list[Lags]:
    """Those of the last run that wrote them."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return [
        Lags(
            **{
                **row,
                "trial": Trial(**row["trial"]),
                "day": Day(**{**row["day"], "by_quarter": {}}),
                "lags_min": tuple(row["lags_min"]),
            }
        )
        for row in rows
    ]


def lines_of(results: Sequence[Lags]) -> Iterator[str]:
    """Lines of Markdown."""
    yield "| outlets | slots | used | lag: half of the crawls | 95 % | 99 % | crawls later than their own interval | most that waited |"
    yield "| --: | --: | --: | --: | --: | --: | --: | --: |"
    for each in sorted(results, key=lambda each: (each.trial.outlets, each.trial.per_1000)):
        if each.trial in BUSIEST:
            half, most, nearly = (f"{lag:,.0f} min" for lag in each.lags_min)
            yield (
                f"| {each.trial.outlets:,} | {each.trial.outlets * each.trial.per_1000 / 1000:,.0f} | {each.used:.0%} | {half} | {most} "
                f"| {nearly} | {each.late:.1%} | {each.most_waiting:,} |"
            )
    yield from (
        "",
        "| 5,000 outlets, no worker for half an hour of the busiest ones: slots | most that waited | 95 % under ten minutes late again after |",
    )
    yield "| --: | --: | --: |"
    for each in results:
        if each.trial.away:
            after = f"{each.recovered_h:.2g} h" if each.recovered_h is not None else "not within two hours"
            yield f"| {each.trial.outlets * each.trial.per_1000 / 1000:,.0f} | {each.most_waiting:,} | {after} |"


def plot(results: Sequence[Lags]) -> str:
    """The lags by slots, as an SVG picture."""
    lines: Mapping[str, Sequence[tuple[float, float]]] = {
        f"{outlets:,} outlets": [
            (each.trial.per_1000, each.lags_min[1])
            for each in results
            if each.trial.outlets == outlets and each.trial in BUSIEST
        ]
        for outlets in (5_000, 100_000)
    }
    return draw(lines, {}, SLOTS, MINUTES)


def calm_day(results: Sequence[Lags]) -> Lags:
    """The whole day of a fleet with many slots: the requests of outlets if no crawl waits."""
    (day,) = [each for each in results if each.trial == WHOLE_DAY]
    return day


def busiest(day: Lags) -> float:
    """Crawls of the busiest hour, as a ratio to the mean."""
    return max(day.crawls_by_hour) / (sum(day.crawls_by_hour) / len(day.crawls_by_hour))
