"""عنوان ليبيا (Libya). WordPress; its feed is on a list of Arabic feeds (2025)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Addresslibya(WordPressSpider):
    site = Site(
        "addresslibya",
        "https://www.addresslibya.com",
        title="عنوان ليبيا",
        country="LY",
        timezone="Africa/Tripoli",
        categories=("/category/libya/",),
    )
