"""بوابة إفريقيا الإخبارية (Libya). Its category is read by a monitor of Libyan news (2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Afrigatenews(JoinedSpider):
    site = Site(
        "afrigatenews",
        "https://www.afrigatenews.net",
        title="بوابة إفريقيا الإخبارية",
        country="LY",
        timezone="Africa/Tripoli",
        categories=("/section/ليبيا/",),
    )
