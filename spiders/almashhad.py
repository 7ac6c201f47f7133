"""المشهد (United Arab Emirates). Its category is read by a monitor of Libyan news (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Almashhad(MultiChannelSpider):
    site = Site(
        "almashhad",
        "https://www.almashhad.com",
        title="المشهد",
        country="AE",
        timezone="Asia/Dubai",
        categories=("/section/773112298002792-News/",),
    )
