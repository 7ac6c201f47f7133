"""عكاظ (Saudi Arabia). Its feed is in use by a feed aggregator (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Okaz(MultiChannelSpider):
    site = Site(
        "okaz",
        "https://www.okaz.com.sa",
        title="عكاظ",
        country="SA",
        timezone="Asia/Riyadh",
        categories=("/economy", "/news"),
        feeds=("/rssFeed/0",),
    )
