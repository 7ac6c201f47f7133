"""المشهد اليمني (Yemen). Its feed is in use at a Yemeni news desk (October 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class AlmashhadYe(JoinedSpider):
    site = Site(
        "almashhad_ye",
        "https://www.almashhad.news",
        title="المشهد اليمني",
        country="YE",
        timezone="Asia/Aden",
        feeds=("/feed",),
    )
