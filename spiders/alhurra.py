"""الحرة (United States). Its feed is in use at a Yemeni news desk (October 2026). Publishes little since 2025."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Alhurra(MultiChannelSpider):
    site = Site(
        "alhurra",
        "https://www.alhurra.com",
        title="الحرة",
        country="US",
        timezone="America/New_York",
        feeds=("/rss",),
    )
