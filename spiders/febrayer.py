"""فبراير (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Febrayer(WordPressSpider):
    site = Site("febrayer", "https://www.febrayer.com", title="فبراير", country="MA", timezone="Africa/Casablanca")
