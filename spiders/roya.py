"""رؤيا الإخباري (Jordan). Its feed was verified for a registry of sources (September 2026). Atom."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Roya(JoinedSpider):
    site = Site(
        "roya",
        "https://royanews.tv",
        title="رؤيا الإخباري",
        country="JO",
        timezone="Asia/Amman",
        feeds=("/rss",),
    )
