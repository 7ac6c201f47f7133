"""شوف تيفي (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Chouftv(WordPressSpider):
    site = Site("chouftv", "https://chouftv.ma", title="شوف تيفي", country="MA", timezone="Africa/Casablanca")
