"""قناة 218 (Libya). WordPress; its feed is on a list of Arabic feeds (2025)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Tv218(WordPressSpider):
    site = Site("tv218", "https://www.218tv.net", title="قناة 218", country="LY", timezone="Africa/Tripoli")
