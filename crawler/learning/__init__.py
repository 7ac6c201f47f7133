"""Learn a site's profile from captures of its articles. Pure: no network, database or clock is used."""

from crawler.learning.learn import MOST_PAGES, learn
from crawler.learning.relearn import LEARNER, LEAST_UNFIT, Generation, relearn

__all__ = ["LEARNER", "LEAST_UNFIT", "MOST_PAGES", "Generation", "learn", "relearn"]
