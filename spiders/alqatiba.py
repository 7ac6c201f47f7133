"""الكتيبة (Tunisia). WordPress; its feed is in use by a public news app (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Alqatiba(WordPressSpider):
    site = Site("alqatiba", "https://alqatiba.com", title="الكتيبة", country="TN", timezone="Africa/Tunis")
