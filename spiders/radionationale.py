"""الإذاعة الوطنية (Tunisia). Its feed is in use by a public news app (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Radionationale(MultiChannelSpider):
    site = Site(
        "radionationale",
        "https://www.radionationale.tn",
        title="الإذاعة الوطنية",
        country="TN",
        timezone="Africa/Tunis",
        feeds=("/articles/rss",),
    )
