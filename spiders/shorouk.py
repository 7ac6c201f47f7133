"""الشروق (Egypt). Its feed is on a public list of Egyptian feeds (2026). The article id is in the query."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Shorouk(MultiChannelSpider):
    site = Site(
        "shorouk",
        "https://www.shorouknews.com",
        title="الشروق",
        country="EG",
        timezone="Africa/Cairo",
        categories=("/Economy",),
        feeds=("/rss/home.aspx",),
    )
