"""وكالة الأناضول (Turkey). Its feed answered a feed catalogue (September 2026)."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class AnadoluAr(FeedSpider):
    site = Site(
        "anadolu_ar",
        "https://www.aa.com.tr/ar",
        title="وكالة الأناضول",
        country="TR",
        timezone="Europe/Istanbul",
        feeds=("/ar/rss/default?cat=guncel",),
    )
