"""الجديد (Lebanon). Its feed is in use by a Lebanese news ticker (October 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Aljadeed(MultiChannelSpider):
    site = Site(
        "aljadeed",
        "https://www.aljadeed.tv",
        title="الجديد",
        country="LB",
        timezone="Asia/Beirut",
        feeds=("/Rss/latest-news/ar",),
    )
