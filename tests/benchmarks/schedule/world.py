"""Seeded sites: when they publish, edit and delete, and which modification dates their channels state.

Ages of edits, and how many an article has, are fitted to the studies in docs/schedule.md; the sizes of sites, their hours and
the signals are assumptions.
"""

from dataclasses import dataclass, field
from math import exp, log
from random import Random
from typing import Literal

# Whether a date of change (REST `modified`, `lastmod` of a sitemap) tells of an edit. "none": the site states none.
Signals = Literal["none", "noisy", "honest"]
# Share of the edits that are told, and false ones an article.
HEARD: dict[Signals, tuple[float, float]] = {"none": (0.0, 0.0), "noisy": (0.5, 1.0), "honest": (0.95, 0.1)}
DAY_H, LIFE_H = 24.0, 720.0
_MEAN_EDITS, _SHAPE = 0.68, 0.5
_EARLY, _MEDIAN_H, _SPREAD, _LATE_H = 0.82, 4.0, 1.2, 144.0
_DELETED, _DELETED_FIRST_DAY = 0.0164, 0.43


@dataclass(slots=True)
class SimulatedArticle:
    """Times in hours since the start. rate: edits to be expected of it. told: when a channel dates a change."""

    published: float
    rate: float
    edits: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)
    deleted: float | None = None


@dataclass(slots=True)
class SimulatedSite:
    """a_day: articles. edited: edits an article in the mean. slowness: factor on the ages of its edits."""

    name: str
    a_day: float
    edited: float
    slowness: float
    signals: Signals
    articles: list[SimulatedArticle] = field(default_factory=list)


def make_sites(seed: int, count: int, *, days: float, a_day: float | None = None) -> list[SimulatedSite]:
    """Sites of all three kinds of signals in turn. a_day: of each; None: of all sizes, from 3 to 300."""
    rng = Random(seed)
    kinds: tuple[Signals, ...] = ("none", "noisy", "honest")
    return [_make_site(rng, f"site {n}", kinds[n % 3], days, a_day) for n in range(count)]


def _make_site(rng: Random, name: str, signals: Signals, days: float, a_day: float | None) -> SimulatedSite:
    size = a_day or min(300.0, max(3.0, exp(rng.gauss(log(40.0), 0.9))))
    # 20 % to 60 % of the articles of a site are edited (35 % of all).
    edited = min(2.6, max(0.28, exp(rng.gauss(log(_MEAN_EDITS) - 0.1, 0.45))))
    site = SimulatedSite(name, size, edited, exp(rng.gauss(0.0, 0.3)), signals)
    wakes, at = rng.uniform(3.0, 7.0), 0.0
    while (at := at + rng.expovariate(2.0 * size / DAY_H)) < days * DAY_H:
        # Thinned: twice the mean at the most, next to nothing at night, more in the morning and the evening.
        hour = (at - wakes) % DAY_H
        if rng.random() < (0.03 if hour > 19.0 else 0.75 if 5.0 < hour < 9.0 else 0.6):
            site.articles.append(_make_article(rng, site, at))
    return site


def _make_article(rng: Random, site: SimulatedSite, published: float) -> SimulatedArticle:
    article = SimulatedArticle(published, rng.gammavariate(_SHAPE, site.edited / _SHAPE))
    if rng.random() < _DELETED:
        within = DAY_H if rng.random() < _DELETED_FIRST_DAY else 7 * DAY_H
        article.deleted = published + within * rng.random()
    drawn = rng.expovariate(1.0)
    while drawn < article.rate:
        article.edits.append(published + site.slowness * _age_of_edit(rng))
        drawn += rng.expovariate(1.0)
    last = min(published + LIFE_H, article.deleted or published + LIFE_H)
    article.edits = sorted(at for at in article.edits if at < last)
    heard, false = HEARD[site.signals]
    article.told = [at for at in article.edits if rng.random() < heard]
    drawn = rng.expovariate(1.0)
    while drawn < false:
        article.told.append(published + 72.0 * rng.random())
        drawn += rng.expovariate(1.0)
    article.told.sort()
    return article


def _age_of_edit(rng: Random) -> float:
    if rng.random() >= _EARLY:
        return DAY_H + rng.expovariate(1 / _LATE_H)
    while (age := _MEDIAN_H * exp(rng.gauss(0.0, _SPREAD))) > DAY_H:
        pass
    return age


def share_of_edits(site: SimulatedSite, age_h: float) -> float:
    """The share of an article's edits that come before that age, as the site really has it."""
    from statistics import NormalDist

    age, normal = age_h / site.slowness, NormalDist()
    if age <= 0:
        return 0.0
    if age <= DAY_H:
        return _EARLY * normal.cdf(log(age / _MEDIAN_H) / _SPREAD) / normal.cdf(log(DAY_H / _MEDIAN_H) / _SPREAD)
    return 1.0 - (1.0 - _EARLY) * exp(-(age - DAY_H) / _LATE_H)
