"""موزاييك إف إم (Tunisia). Its feed is in use by a public news app (2026).

Bodies need JavaScript; AMP pages carry them.
"""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Mosaique(FeedSpider):
    site = Site(
        "mosaique",
        "https://www.mosaiquefm.net/ar",
        title="موزاييك إف إم",
        country="TN",
        timezone="Africa/Tunis",
        feeds=("/ar/rss",),
    )
