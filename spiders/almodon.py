"""المدن (Lebanon). Its feed was in the newscatcher package (2020)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Almodon(MultiChannelSpider):
    site = Site(
        "almodon",
        "https://www.almodon.com",
        title="المدن",
        country="LB",
        timezone="Asia/Beirut",
        feeds=("/rss",),
    )
