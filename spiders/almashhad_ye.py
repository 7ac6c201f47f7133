"""المشهد اليمني (Yemen). Its feed is in use at a Yemeni news desk (October 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class AlmashhadYe(MultiChannelSpider):
    site = Site(
        "almashhad_ye",
        "https://www.almashhad.news",
        title="المشهد اليمني",
        country="YE",
        timezone="Asia/Aden",
        feeds=("/feed",),
    )
