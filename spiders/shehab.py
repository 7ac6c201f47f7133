"""وكالة شهاب (Palestine). Its feed answered a Palestinian open-source program (September 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Shehab(MultiChannelSpider):
    site = Site(
        "shehab",
        "https://shehabnews.com",
        title="وكالة شهاب",
        country="PS",
        timezone="Asia/Gaza",
        feeds=("/rss",),
    )
