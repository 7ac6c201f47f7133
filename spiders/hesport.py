"""هسبورت (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Hesport(WordPressSpider):
    site = Site("hesport", "https://hesport.com", title="هسبورت", country="MA", timezone="Africa/Casablanca")
