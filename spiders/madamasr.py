"""مدى مصر (Egypt). WordPress; its feed is on a list of candidate sources (2026). Blocked inside Egypt."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Madamasr(FeedSpider):
    site = Site(
        "madamasr",
        "https://www.madamasr.com/ar",
        title="مدى مصر",
        country="EG",
        timezone="Africa/Cairo",
        feeds=("/ar/feed/",),
    )
