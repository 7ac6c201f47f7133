"""وكالة خبر (Yemen). Its feed is in use at a Yemeni news desk (October 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Khabaragency(JoinedSpider):
    site = Site(
        "khabaragency",
        "https://khabaragency.net",
        title="وكالة خبر",
        country="YE",
        timezone="Asia/Aden",
        feeds=("/rss.xml",),
    )
