"""المدى (Iraq). WordPress; its feed answered a feed catalogue (September 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Almada(WordPressSpider):
    site = Site("almada", "https://almadapaper.net", title="المدى", country="IQ", timezone="Asia/Baghdad")
