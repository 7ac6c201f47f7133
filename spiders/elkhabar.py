"""الخبر (Algeria). Its feed answered an audit of news sources (October 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Elkhabar(MultiChannelSpider):
    site = Site(
        "elkhabar",
        "https://www.elkhabar.com",
        title="الخبر",
        country="DZ",
        timezone="Africa/Algiers",
        categories=("/economie",),
        feeds=("/feed",),
    )
