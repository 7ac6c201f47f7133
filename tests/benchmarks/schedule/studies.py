"""Compares the invented edits with the studies: the shares that fixed schedules see here and saw there."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.schedule.world import SimulatedArticle, make_sites


@dataclass(frozen=True, slots=True)
class Study:
    """ages_h: of the visits. after_change: whether a change begins them anew, from four hours on. seen: % of the edits."""

    name: str
    ages_h: tuple[float, ...]
    after_change: bool
    seen: float
    lag_h: float


STUDIES = (
    Study("1 d, 7 d", (24, 168), False, 55, 20.7),
    Study("1 h, 1 d, 7 d, 30 d", (1, 24, 168, 720), False, 70, 19.2),
    Study("1 h, 4 h, 1 d, 3 d, 7 d, 30 d", (1, 4, 24, 72, 168, 720), True, 81, 2.8),
    Study("30 min, 1, 2, 4, 8 h, 1, 2, 7, 30 d", (0.5, 1, 2, 4, 8, 24, 48, 168, 720), True, 88, 1.2),
    Study("hourly for a day, 7 d, 30 d", (*range(1, 25), 168, 720), False, 91, 0.6),
    Study("every 15 min for a day", tuple(n / 4 for n in range(1, 97)), False, 80, 0.1),
    Study("hourly for 3 d", tuple(range(1, 73)), False, 81, 0.5),
    Study("every 4 h for 3 d", tuple(range(4, 73, 4)), False, 67, 2.2),
    Study("every 12 h for 3 d", tuple(range(12, 73, 12)), False, 54, 8.2),
)


def seen_of(study: Study, articles: Sequence[SimulatedArticle]) -> tuple[float, float]:
    """Per cent of the edits that the study's visits see, and their median lag in hours."""
    edits, lags = 0, []
    for article in articles:
        ages = [edit - article.published for edit in article.edits]
        edits += len(ages)
        last = known = changed = 0.0
        while True:
            steps = [age for age in study.ages_h if age >= 4 or not changed]
            following = next((changed + age for age in steps if changed + age > last), None)
            if following is None:
                break
            last = following
            now_known = sum(age <= last for age in ages)
            if now_known > known:
                lags.append(last - ages[int(now_known) - 1])
                known, changed = now_known, last if study.after_change else 0.0
    return 100 * len(lags) / edits, median(lags)


def sampled_articles(seed: int) -> list[SimulatedArticle]:
    """Articles of many sites, as the studies have them."""
    return [each for site in make_sites(seed, 60, days=5, a_day=20) for each in site.articles]
