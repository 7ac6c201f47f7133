"""المال (Egypt). WordPress; its feed is on a public list of feeds (between 2021 and 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Almalnews(WordPressSpider):
    site = Site("almalnews", "https://almalnews.com", title="المال", country="EG", timezone="Africa/Cairo")
