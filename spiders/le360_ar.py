"""لو360 بالعربية (Morocco). Its feed is in use by a feed aggregator (2026). Arc XP."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Le360Ar(MultiChannelSpider):
    site = Site(
        "le360_ar",
        "https://ar.le360.ma",
        title="لو360 بالعربية",
        country="MA",
        timezone="Africa/Casablanca",
        feeds=("/arc/outboundfeeds/rss/?outputType=xml",),
    )
