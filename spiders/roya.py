"""رؤيا الإخباري (Jordan). Its feed was verified for a registry of sources (September 2026). Atom."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Roya(MultiChannelSpider):
    site = Site(
        "roya",
        "https://royanews.tv",
        title="رؤيا الإخباري",
        country="JO",
        timezone="Asia/Amman",
        feeds=("/rss",),
    )
