"""زمان الوصل (Syria). Its feed is on a public list of feeds (between 2021 and 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Zamanalwsl(MultiChannelSpider):
    site = Site(
        "zamanalwsl",
        "https://www.zamanalwsl.net",
        title="زمان الوصل",
        country="SY",
        timezone="Asia/Damascus",
        feeds=("/rss.php",),
    )
