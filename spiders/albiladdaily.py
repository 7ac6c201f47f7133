"""البلاد (Saudi Arabia). WordPress; its category was read by a public scraper (2021)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Albiladdaily(WordPressSpider):
    site = Site(
        "albiladdaily",
        "https://albiladdaily.com",
        title="البلاد",
        country="SA",
        timezone="Asia/Riyadh",
        categories=("/category/إقتصاد/",),
    )
