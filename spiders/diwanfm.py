"""ديوان إف إم (Tunisia). WordPress; its feed is in use by a public news app (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Diwanfm(WordPressSpider):
    site = Site("diwanfm", "https://diwanfm.net", title="ديوان إف إم", country="TN", timezone="Africa/Tunis")
