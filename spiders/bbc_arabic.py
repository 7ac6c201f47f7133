"""بي بي سي عربي (London). Its feed answered a feed catalogue (September 2026). Articles come with JSON-LD."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class BbcArabic(FeedSpider):
    site = Site(
        "bbc_arabic",
        "https://www.bbc.com/arabic",
        title="بي بي سي عربي",
        country="GB",
        timezone="Europe/London",
        feeds=("https://feeds.bbci.co.uk/arabic/rss.xml",),
    )
