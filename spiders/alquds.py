"""القدس (Palestine). Its feed answered a Palestinian open-source program (September 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Alquds(JoinedSpider):
    site = Site(
        "alquds",
        "https://www.alquds.com",
        title="القدس",
        country="PS",
        timezone="Asia/Hebron",
        feeds=("/rss",),
    )
