"""لكم (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Lakome2(WordPressSpider):
    site = Site("lakome2", "https://lakome2.com", title="لكم", country="MA", timezone="Africa/Casablanca")
