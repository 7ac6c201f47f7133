"""Learning: a site's profile from captures of its articles. Pure: without network, database or clock."""

from crawler.learning.learn import MOST_PAGES, learn

__all__ = ["MOST_PAGES", "learn"]
