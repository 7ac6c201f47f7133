"""الوكالة الجيبوتية للأنباء (Djibouti). Its feed was probed by readers of wires from the Horn of Africa (August 2026).

Mainly French, some Arabic.
"""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Adi(FeedSpider):
    site = Site(
        "adi",
        "https://www.adi.dj",
        title="الوكالة الجيبوتية للأنباء",
        country="DJ",
        timezone="Africa/Djibouti",
        feeds=("https://adi.dj/rss",),
    )
