"""شبكة قدس الإخبارية (Palestine). Its feed answered a Palestinian open-source program (September 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Qudsn(JoinedSpider):
    site = Site(
        "qudsn",
        "https://qudsn.co",
        title="شبكة قدس الإخبارية",
        country="PS",
        timezone="Asia/Hebron",
        feeds=("/rss",),
    )
