"""سودافاكس (Sudan). WordPress; its feed is on a public list of feeds (between 2021 and 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Sudafax(WordPressSpider):
    site = Site("sudafax", "https://sudafax.com", title="سودافاكس", country="SD", timezone="Africa/Khartoum")
