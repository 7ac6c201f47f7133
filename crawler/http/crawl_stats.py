"""Access to Scrapy's counters of a run."""

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector


def stats_of(crawler: Crawler) -> StatsCollector:
    """The crawler's counters, which Scrapy creates before any middleware. Raises RuntimeError without them."""
    if crawler.stats is None:
        raise RuntimeError("a middleware was made before its crawler's counters")
    return crawler.stats
