"""يمن مونيتور (Yemen). WordPress; its feed is in use at a Yemeni news desk (October 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Yemenmonitor(WordPressSpider):
    site = Site("yemenmonitor", "https://www.yemenmonitor.com", title="يمن مونيتور", country="YE", timezone="Asia/Aden")
