"""Estimates of how often articles are edited, and of the time of the next revisit. Pure functions.

An article's edits are a Poisson process whose rate falls with its age. The number of edits varies between articles as a
gamma distribution (most have none, some have many), and between sites. The two distributions are conjugate: the edits
seen of an article yield its rate as a quotient. (Cho and Garcia-Molina 2003 estimate rates of pages from such visits;
with six visits an article, an estimate is only useful if it starts from other articles.)

Several edits between two visits are seen as one. So most edits are seen if every visit has the same chance to see one:
a visit is due when that chance has reached a price, the same for all articles of a site. Azar et al. 2018 and Kolobov
et al. 2019 find the optimum in this way, the latter with a limit for each host, as here; Busa-Fekete et al. 2025
request a page when its value passes a threshold. If each visit sees an edit with that chance, the price for six visits
an article is a sixth of the edits that are seen of an article.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import exp, log
from statistics import NormalDist

# Fitted to the edits that nine fixed schedules see of 5,400 articles (docs/schedule.md): the share EARLY of the edits
# occurs in the first day, as a log-normal distribution truncated there, the others at an exponentially falling rate.
EARLY, MEDIAN, SPREAD = 0.82, timedelta(hours=4), 1.2
LATE = timedelta(days=6)  # mean age of later edits, after the first day
# Shape of the gamma distribution: 35 % of the articles are edited, 1.94 times in the mean, 0.68 times an article.
SHAPE = 0.5
USUAL = 0.57  # edits seen of an article on an unknown site
WEIGHT = 60  # articles of a site that weigh as much as the prior from other sites
LEAST = 0.02  # edits an article, the minimum assumed for every site
UNSEEN = 0.25  # times the square of the edits seen: edits hidden between two visits
# An early visit also shows which kind of article it is, so it is due at a lower price. These are the factors.
EAGER, MIDDLE = 0.4, 0.6
MORE_REVISITS = 2.7  # added for every edit seen of an article

_DAY = timedelta(days=1)
_NORMAL = NormalDist()
_FIRST_DAY = _NORMAL.cdf(log(_DAY / MEDIAN) / SPREAD)


@dataclass(frozen=True, slots=True)
class SiteEdits:
    """Counts of a site's edits. articles: number followed for some days. seen: edits seen of them."""

    articles: int = 0
    seen: int = 0

    @property
    def per_article(self) -> float:
        """Edits that revisits see of one article: an estimate between this site's mean and that of other sites."""
        return max(LEAST, (USUAL * WEIGHT + self.seen) / (WEIGHT + self.articles))


UNKNOWN_SITE = SiteEdits()


def share_by(age: timedelta) -> float:
    """The share of an article's edits before this age, from 0 to 1."""
    if age <= timedelta(0):
        return 0.0
    if age <= _DAY:
        return EARLY * _NORMAL.cdf(log(age / MEDIAN) / SPREAD) / _FIRST_DAY
    return 1.0 - (1.0 - EARLY) * exp(-((age - _DAY) / LATE))


def age_at(share: float) -> timedelta:
    """The age before which this share of the edits occurs; share: from 0 up to, not including, 1."""
    if share <= 0.0:
        return timedelta(0)
    if share <= EARLY:
        return MEDIAN * exp(SPREAD * _NORMAL.inv_cdf(share / EARLY * _FIRST_DAY))
    return _DAY - LATE * log((1.0 - share) / (1.0 - EARLY))


def next_age(last: timedelta, edits: int, site: SiteEdits, revisits: float) -> timedelta | None:
    """The age at which a visit is due; None if the chance of an edit will not reach the price any more.

    last: its age at the last visit. edits: number seen of it. revisits: mean number for an article of the site that is
    never edited.
    """
    per_article = site.per_article
    # The rate has a gamma distribution with this shape and this inverse scale, by Bayes's rule.
    shape, seen_by = SHAPE + edits, share_by(last)
    price = per_article / (revisits + MORE_REVISITS * per_article)
    price *= 1.0 + EAGER * (seen_by - MIDDLE)
    inverse_scale = SHAPE / (per_article * (1.0 + UNSEEN * per_article)) + seen_by
    # The chance of an edit while the share grows by x is 1 - (inverse_scale / (inverse_scale + x)) ** shape.
    grown = inverse_scale * ((1.0 - price) ** (-1.0 / shape) - 1.0)
    return age_at(seen_by + grown) if seen_by + grown < 1.0 else None
