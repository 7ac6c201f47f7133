"""كود (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Goud(WordPressSpider):
    site = Site("goud", "https://www.goud.ma", title="كود", country="MA", timezone="Africa/Casablanca")
