"""وكالة خبر (Yemen). Its feed is in use at a Yemeni news desk (October 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Khabaragency(MultiChannelSpider):
    site = Site(
        "khabaragency",
        "https://khabaragency.net",
        title="وكالة خبر",
        country="YE",
        timezone="Asia/Aden",
        feeds=("/rss.xml",),
    )
