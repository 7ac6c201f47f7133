"""أخبار ليبيا 24 (Libya). WordPress; its category is read by a monitor of Libyan news (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Akhbarlibya24(WordPressSpider):
    site = Site(
        "akhbarlibya24",
        "https://akhbarlibya24.net",
        title="أخبار ليبيا 24",
        country="LY",
        timezone="Africa/Tripoli",
        categories=("/category/libya-news/",),
    )
