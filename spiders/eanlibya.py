"""عين ليبيا (Libya). WordPress; its feed is on a list of Arabic feeds (2025)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Eanlibya(WordPressSpider):
    site = Site(
        "eanlibya",
        "https://www.eanlibya.com",
        title="عين ليبيا",
        country="LY",
        timezone="Africa/Tripoli",
        categories=("/category/news/",),
    )
