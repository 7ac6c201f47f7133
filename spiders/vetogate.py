"""فيتو (Egypt). Its feed is on a public list of Egyptian feeds (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Vetogate(MultiChannelSpider):
    site = Site(
        "vetogate",
        "https://www.vetogate.com",
        title="فيتو",
        country="EG",
        timezone="Africa/Cairo",
        feeds=("/rss.aspx",),
    )
