"""كتابات (Iraq). WordPress; the site is in the GDELT census (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Kitabat(WordPressSpider):
    site = Site("kitabat", "https://kitabat.com", title="كتابات", country="IQ", timezone="Asia/Baghdad")
