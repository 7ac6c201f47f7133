"""فرانس 24 (France). Its feed answered a feed catalogue (September 2026). 403 to some data centres."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class France24Ar(FeedSpider):
    site = Site(
        "france24_ar",
        "https://www.france24.com/ar/",
        title="فرانس 24",
        country="FR",
        timezone="Europe/Paris",
        feeds=("/ar/rss",),
    )
