"""المشهد (United Arab Emirates). Its category is read by a monitor of Libyan news (2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Almashhad(JoinedSpider):
    site = Site(
        "almashhad",
        "https://www.almashhad.com",
        title="المشهد",
        country="AE",
        timezone="Asia/Dubai",
        categories=("/section/773112298002792-News/",),
    )
