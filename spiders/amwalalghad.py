"""أموال الغد (Egypt). WordPress; its feed is on a public list of feeds (between 2021 and 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Amwalalghad(WordPressSpider):
    site = Site("amwalalghad", "https://amwalalghad.com", title="أموال الغد", country="EG", timezone="Africa/Cairo")
