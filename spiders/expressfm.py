"""إكسبراس إف إم (Tunisia). WordPress; its feed is in use by a public news app (2026)."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Expressfm(FeedSpider):
    site = Site(
        "expressfm",
        "https://radioexpressfm.com/ar/",
        title="إكسبراس إف إم",
        country="TN",
        timezone="Africa/Tunis",
        feeds=("/ar/feed/",),
    )
