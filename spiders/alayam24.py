"""الأيام 24 (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Alayam24(WordPressSpider):
    site = Site("alayam24", "https://www.alayam24.com", title="الأيام 24", country="MA", timezone="Africa/Casablanca")
