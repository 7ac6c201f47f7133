"""جوهرة إف إم (Tunisia). Its feed is in use by a public news app (2026)."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Jawhara(FeedSpider):
    site = Site(
        "jawhara",
        "https://www.jawharafm.net/ar",
        title="جوهرة إف إم",
        country="TN",
        timezone="Africa/Tunis",
        feeds=("/ar/rss/showRss/88/1/1",),
    )
