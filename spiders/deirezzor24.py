"""دير الزور 24 (Syria). WordPress; the site is on Common Crawl's list of Arabic sites (August 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Deirezzor24(WordPressSpider):
    site = Site("deirezzor24", "https://deirezzor24.net", title="دير الزور 24", country="SY", timezone="Asia/Damascus")
