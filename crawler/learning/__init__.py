"""Learning: a site's profile from captures of its articles. Pure: without network, database or clock."""

from crawler.learning.learn import MOST_PAGES, learn
from crawler.learning.relearn import LEARNER, LEAST_UNFIT, Generation, relearn

__all__ = ["LEARNER", "LEAST_UNFIT", "MOST_PAGES", "Generation", "learn", "relearn"]
