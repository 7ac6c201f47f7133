"""برلمان (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Barlamane(WordPressSpider):
    site = Site("barlamane", "https://www.barlamane.com", title="برلمان", country="MA", timezone="Africa/Casablanca")
