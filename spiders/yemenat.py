"""يمنات (Yemen). WordPress; its feed is in use at a Yemeni news desk (October 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Yemenat(WordPressSpider):
    site = Site("yemenat", "https://yemenat.net", title="يمنات", country="YE", timezone="Asia/Aden")
