"""زنقة 20 (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Rue20(WordPressSpider):
    site = Site("rue20", "https://www.rue20.com", title="زنقة 20", country="MA", timezone="Africa/Casablanca")
