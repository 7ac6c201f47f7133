"""وكالة نورث برس (Syria). WordPress; its feed is on a public list of feeds (between 2021 and 2026)."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Npasyria(FeedSpider):
    site = Site(
        "npasyria",
        "https://npasyria.com",
        title="وكالة نورث برس",
        country="SY",
        timezone="Asia/Damascus",
        feeds=("/feed/",),
    )
