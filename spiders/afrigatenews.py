"""بوابة إفريقيا الإخبارية (Libya). Its category is read by a monitor of Libyan news (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Afrigatenews(MultiChannelSpider):
    site = Site(
        "afrigatenews",
        "https://www.afrigatenews.net",
        title="بوابة إفريقيا الإخبارية",
        country="LY",
        timezone="Africa/Tripoli",
        categories=("/section/ليبيا/",),
    )
