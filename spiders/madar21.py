"""مدار 21 (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Madar21(WordPressSpider):
    site = Site("madar21", "https://madar21.com", title="مدار 21", country="MA", timezone="Africa/Casablanca")
