"""حابي (Egypt). WordPress; its feed is on a public list of feeds (between 2021 and 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Hapijournal(WordPressSpider):
    site = Site("hapijournal", "https://hapijournal.com", title="حابي", country="EG", timezone="Africa/Cairo")
