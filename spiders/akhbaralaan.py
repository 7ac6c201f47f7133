"""أخبار الآن (United Arab Emirates). WordPress; its category is read by public Scrapy spiders (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Akhbaralaan(WordPressSpider):
    site = Site(
        "akhbaralaan",
        "https://www.akhbaralaan.net",
        title="أخبار الآن",
        country="AE",
        timezone="Asia/Dubai",
        categories=("/business",),
    )
