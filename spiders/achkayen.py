"""آشكاين (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Achkayen(WordPressSpider):
    site = Site("achkayen", "https://achkayen.com", title="آشكاين", country="MA", timezone="Africa/Casablanca")
