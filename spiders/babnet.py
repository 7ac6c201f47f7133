"""باب نات (Tunisia). Its feed is in use by a public news app (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Babnet(MultiChannelSpider):
    site = Site(
        "babnet",
        "https://www.babnet.net",
        title="باب نات",
        country="TN",
        timezone="Africa/Tunis",
        feeds=("/feed.php",),
    )
