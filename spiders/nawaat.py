"""نواة (Tunisia). WordPress; its feed is in use by a public news app (2026). Arabic, French and English in one feed."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Nawaat(FeedSpider):
    site = Site("nawaat", "https://nawaat.org", title="نواة", country="TN", timezone="Africa/Tunis", feeds=("/feed/",))
