"""وكالة تونس إفريقيا للأنباء (Tunisia). Its feed is on a public list of Arabic feeds (2026).

A probe of July 2026 found the feed dead.
"""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Tap(FeedSpider):
    site = Site(
        "tap",
        "https://www.tap.info.tn/ar",
        title="وكالة تونس إفريقيا للأنباء",
        country="TN",
        timezone="Africa/Tunis",
        feeds=("/ar/rss/tunisia",),
    )
