"""الوطن (Comoros). WordPress; its feed was probed by readers of wires from the Horn of Africa (August 2026).

Mainly French, some Arabic.
"""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Alwatwan(FeedSpider):
    site = Site(
        "alwatwan",
        "https://alwatwan.net",
        title="الوطن",
        country="KM",
        timezone="Indian/Comoro",
        feeds=("/feed/",),
    )
