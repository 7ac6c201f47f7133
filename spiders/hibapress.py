"""هبة بريس (Morocco). WordPress, Jannah theme; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Hibapress(WordPressSpider):
    site = Site(
        "hibapress",
        "https://ar.hibapress.com",
        title="هبة بريس",
        country="MA",
        timezone="Africa/Casablanca",
        theme="jannah",
    )
