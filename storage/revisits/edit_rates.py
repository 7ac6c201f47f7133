"""How often articles are edited, and when the next edit is likely enough to ask for the page. Pure functions.

An article's edits are a Poisson process whose rate falls with its age. How many an article will have differs between
articles as a gamma distribution does (most have none, some have many), and between sites. The two are conjugate: what
was seen of an article gives its rate as a quotient. (Cho and Garcia-Molina 2003 estimate rates of pages from such
visits; with the six visits of an article only an estimate that begins with what other articles do is of use.)

Several edits between two visits are seen as one, so the most are seen where every visit has the same chance to see one:
a visit is due when the chance has grown to a price that is one for all articles of a site. Azar et al. 2018 and Kolobov
et al. 2019 find the optimum in this way, the latter with a limit for each host, as here; Busa-Fekete et al. 2025 ask
for a page when its value passes a threshold. Where each visit sees an edit with that chance, the price for six visits
an article is a sixth of the edits that are seen of an article.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import exp, log
from statistics import NormalDist

# Fitted to what nine fixed schedules see of 5,400 articles (docs/schedule.md): of the edits, EARLY come in the first
# day, as a log-normal distribution that is cut there, the others at an exponentially falling rate.
EARLY, MEDIAN, SPREAD = 0.82, timedelta(hours=4), 1.2
LATE = timedelta(days=6)  # mean age past the first day
# Shape of the gamma distribution: 35 % of the articles are edited, 1.94 times in the mean, 0.68 times an article.
SHAPE = 0.5
USUAL = 0.57  # edits that are seen of an article, where nothing is known of its site
WEIGHT = 60  # articles of its own that tell as much of a site as the studies of others
LEAST = 0.02  # edits an article that every site is credited with
UNSEEN = 0.25  # of the square of the edits seen: those between two visits, which are seen as one
# An early visit also tells of which kind the article is: it is worth so much more than its price.
EAGER, MIDDLE = 0.4, 0.6
MORE_REVISITS = 2.7  # that every edit seen of an article brings it

_DAY = timedelta(days=1)
_NORMAL = NormalDist()
_FIRST_DAY = _NORMAL.cdf(log(_DAY / MEDIAN) / SPREAD)


@dataclass(frozen=True, slots=True)
class SiteEdits:
    """What is known of a site's edits. articles: how many were followed for some days. seen: edits seen of them."""

    articles: int = 0
    seen: int = 0

    @property
    def per_article(self) -> float:
        """Edits that revisits see of one article, as an estimate between this site's and those of others."""
        return max(LEAST, (USUAL * WEIGHT + self.seen) / (WEIGHT + self.articles))


UNKNOWN_SITE = SiteEdits()


def share_by(age: timedelta) -> float:
    """The share of an article's edits that come before this age, from 0 to 1."""
    if age <= timedelta(0):
        return 0.0
    if age <= _DAY:
        return EARLY * _NORMAL.cdf(log(age / MEDIAN) / SPREAD) / _FIRST_DAY
    return 1.0 - (1.0 - EARLY) * exp(-((age - _DAY) / LATE))


def age_at(share: float) -> timedelta:
    """The age by which this share of the edits has come; share: from 0 up to, not including, 1."""
    if share <= 0.0:
        return timedelta(0)
    if share <= EARLY:
        return MEDIAN * exp(SPREAD * _NORMAL.inv_cdf(share / EARLY * _FIRST_DAY))
    return _DAY - LATE * log((1.0 - share) / (1.0 - EARLY))


def next_age(last: timedelta, edits: int, site: SiteEdits, revisits: float) -> timedelta | None:
    """The age at which a visit is due; None when so much is never to be expected of the article any more.

    last: its age at the last visit. edits: those seen of it. revisits: how many an article of the site has where it is
    never edited, in the mean.
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
