"""هسبريس (Morocco). WordPress; its feed answered an audit of news sources (October 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Hespress(WordPressSpider):
    site = Site("hespress", "https://www.hespress.com", title="هسبريس", country="MA", timezone="Africa/Casablanca")
