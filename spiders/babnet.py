"""باب نات (Tunisia). Its feed is in use by a public news app (2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Babnet(JoinedSpider):
    site = Site(
        "babnet",
        "https://www.babnet.net",
        title="باب نات",
        country="TN",
        timezone="Africa/Tunis",
        feeds=("/feed.php",),
    )
