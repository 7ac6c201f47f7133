"""إذاعة وتلفزيون جيبوتي (Djibouti).

WordPress; its feed was probed by readers of wires from the Horn of Africa (August 2026). Mainly French, some Arabic.
"""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Rtd(FeedSpider):
    site = Site(
        "rtd",
        "https://www.rtd.dj",
        title="إذاعة وتلفزيون جيبوتي",
        country="DJ",
        timezone="Africa/Djibouti",
        feeds=("/feed/",),
    )
