"""المدن (Lebanon). Its feed was in the newscatcher package (2020)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Almodon(JoinedSpider):
    site = Site(
        "almodon",
        "https://www.almodon.com",
        title="المدن",
        country="LB",
        timezone="Asia/Beirut",
        feeds=("/rss",),
    )
