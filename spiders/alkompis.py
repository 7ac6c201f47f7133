"""الكومبس (Sweden). WordPress; its feed is on a public list of feeds (between 2021 and 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Alkompis(WordPressSpider):
    site = Site("alkompis", "https://alkompis.se", title="الكومبس", country="SE", timezone="Europe/Stockholm")
