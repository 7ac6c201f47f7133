"""أخبار السودان (Sudan). WordPress; its feed was probed by collectors of Sudanese text (August 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Sudanakhbar(WordPressSpider):
    site = Site(
        "sudanakhbar",
        "https://www.sudanakhbar.com",
        title="أخبار السودان",
        country="SD",
        timezone="Africa/Khartoum",
    )
