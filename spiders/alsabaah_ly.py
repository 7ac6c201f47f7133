"""الصباح (Libya). WordPress; its category is read by a monitor of Libyan news (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class AlsabaahLy(WordPressSpider):
    site = Site(
        "alsabaah_ly",
        "https://alsabaah.ly",
        title="الصباح",
        country="LY",
        timezone="Africa/Tripoli",
        categories=("/category/libya/",),
    )
