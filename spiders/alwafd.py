"""الوفد (Egypt). Its feed is on a public list of Egyptian feeds (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Alwafd(MultiChannelSpider):
    site = Site(
        "alwafd",
        "https://www.alwafd.news",
        title="الوفد",
        country="EG",
        timezone="Africa/Cairo",
        feeds=("/rss",),
    )
