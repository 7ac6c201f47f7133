"""التناصح (Libya). WordPress; its feed is on a list of Arabic feeds (2025)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Tanasuh(WordPressSpider):
    site = Site("tanasuh", "https://tanasuh.tv", title="التناصح", country="LY", timezone="Africa/Tripoli")
