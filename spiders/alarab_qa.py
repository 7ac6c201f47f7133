"""العرب القطرية (Qatar). Its feed is on a list of Qatari sources (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class AlarabQa(MultiChannelSpider):
    site = Site(
        "alarab_qa",
        "https://alarab.qa",
        title="العرب القطرية",
        country="QA",
        timezone="Asia/Qatar",
        feeds=("/rss/latestNews",),
    )
