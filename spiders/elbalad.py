"""صدى البلد (Egypt). Its feed is on a public list of Egyptian feeds (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Elbalad(MultiChannelSpider):
    site = Site(
        "elbalad",
        "https://www.elbalad.news",
        title="صدى البلد",
        country="EG",
        timezone="Africa/Cairo",
        feeds=("/rss.aspx",),
    )
