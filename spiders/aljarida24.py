"""الجريدة 24 (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Aljarida24(WordPressSpider):
    site = Site("aljarida24", "https://aljarida24.ma", title="الجريدة 24", country="MA", timezone="Africa/Casablanca")
