"""القدس (Palestine). Its feed answered a Palestinian open-source program (September 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Alquds(MultiChannelSpider):
    site = Site(
        "alquds",
        "https://www.alquds.com",
        title="القدس",
        country="PS",
        timezone="Asia/Hebron",
        feeds=("/rss",),
    )
