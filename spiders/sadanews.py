"""صدى نيوز (Palestine). Its feed answered a Palestinian open-source program (September 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Sadanews(MultiChannelSpider):
    site = Site(
        "sadanews",
        "https://www.sadanews.ps",
        title="صدى نيوز",
        country="PS",
        timezone="Asia/Hebron",
        feeds=("/rss",),
    )
