"""أنفاس بريس (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Anfaspress(WordPressSpider):
    site = Site("anfaspress", "https://anfaspress.com", title="أنفاس بريس", country="MA", timezone="Africa/Casablanca")
