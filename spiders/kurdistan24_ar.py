"""كوردستان 24 (Iraq). Its feed answered a feed catalogue (September 2026)."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Kurdistan24Ar(FeedSpider):
    site = Site(
        "kurdistan24_ar",
        "https://www.kurdistan24.net/ar",
        title="كوردستان 24",
        country="IQ",
        timezone="Asia/Baghdad",
        feeds=("/ar/rss.xml",),
    )
