"""عربي21 (London). Its feed is on a list of Arabic feeds (2025)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Arabi21(MultiChannelSpider):
    site = Site(
        "arabi21",
        "https://arabi21.com",
        title="عربي21",
        country="GB",
        timezone="Europe/London",
        feeds=("/feed",),
    )
