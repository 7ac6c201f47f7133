"""اليوم 24 (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Alyaoum24(WordPressSpider):
    site = Site("alyaoum24", "https://alyaoum24.com", title="اليوم 24", country="MA", timezone="Africa/Casablanca")
