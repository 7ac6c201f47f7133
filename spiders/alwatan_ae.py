"""الوطن الإماراتية (United Arab Emirates). WordPress; its category was read by a public scraper (2021)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class AlwatanAe(WordPressSpider):
    site = Site(
        "alwatan_ae",
        "https://alwatan.ae",
        title="الوطن الإماراتية",
        country="AE",
        timezone="Asia/Dubai",
        categories=("/?cat=3",),
    )
