"""شفق نيوز (Iraq). Its feed answered a feed catalogue (September 2026). Its lists need JavaScript."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Shafaq(FeedSpider):
    site = Site(
        "shafaq",
        "https://shafaq.com/ar",
        title="شفق نيوز",
        country="IQ",
        timezone="Asia/Baghdad",
        feeds=("/rss/ar",),
    )
