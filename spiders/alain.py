"""العين الإخبارية (United Arab Emirates). Its categories are read by a monitor of Libyan news (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Alain(MultiChannelSpider):
    site = Site(
        "alain",
        "https://al-ain.com",
        title="العين الإخبارية",
        country="AE",
        timezone="Asia/Dubai",
        categories=("/section/business/", "/section/politics/"),
    )
