"""فبراير (Libya). WordPress; its feed is on a list of Arabic feeds (2025)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Febp(WordPressSpider):
    site = Site("febp", "https://febp.ly", title="فبراير", country="LY", timezone="Africa/Tripoli")
