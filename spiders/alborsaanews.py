"""البورصة (Egypt). WordPress; its feed is on a public list of feeds (between 2021 and 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Alborsaanews(WordPressSpider):
    site = Site("alborsaanews", "https://www.alborsaanews.com", title="البورصة", country="EG", timezone="Africa/Cairo")
