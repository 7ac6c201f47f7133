"""شبكة قدس الإخبارية (Palestine). Its feed answered a Palestinian open-source program (September 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Qudsn(MultiChannelSpider):
    site = Site(
        "qudsn",
        "https://qudsn.co",
        title="شبكة قدس الإخبارية",
        country="PS",
        timezone="Asia/Hebron",
        feeds=("/rss",),
    )
