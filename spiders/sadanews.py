"""صدى نيوز (Palestine). Its feed answered a Palestinian open-source program (September 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Sadanews(JoinedSpider):
    site = Site(
        "sadanews",
        "https://www.sadanews.ps",
        title="صدى نيوز",
        country="PS",
        timezone="Asia/Hebron",
        feeds=("/rss",),
    )
