"""فواصل (Libya). WordPress; its category is read by a monitor of Libyan news (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Fawasel(WordPressSpider):
    site = Site(
        "fawasel",
        "https://fawaselmedia.com",
        title="فواصل",
        country="LY",
        timezone="Africa/Tripoli",
        categories=("/category/news/",),
    )
