"""الجزيرة نت (Qatar). WordPress; its feed answered a feed catalogue (September 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Aljazeera(WordPressSpider):
    site = Site(
        "aljazeera",
        "https://www.aljazeera.net",
        title="الجزيرة نت",
        country="QA",
        timezone="Asia/Qatar",
        categories=("/news", "/politics", "/economy", "/ebusiness", "/where/mideast"),
        feeds=("/aljazeerarss/a7c186be-1baa-4bd4-9d80-a84db769f779/73d0e1b4-532f-45ef-b135-bfdff8b8cab9",),
    )
