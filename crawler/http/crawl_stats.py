"""The counters of a run, as middlewares need them: present."""

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector


def stats_of(crawler: Crawler) -> StatsCollector:
    """The crawler's counters. Scrapy makes them before any middleware; RuntimeError otherwise."""
    if crawler.stats is None:
        raise RuntimeError("a middleware was made before its crawler's counters")
    return crawler.stats
