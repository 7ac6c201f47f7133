"""المرصد (Libya). WordPress; its feed is on a list of Arabic feeds (2025)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Almarsad(WordPressSpider):
    site = Site(
        "almarsad",
        "https://almarsad.co",
        title="المرصد",
        country="LY",
        timezone="Africa/Tripoli",
        categories=("/category/libya/",),
    )
