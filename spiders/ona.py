"""وكالة الأنباء العُمانية (Oman). Its pages are read by public Scrapy spiders (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Ona(MultiChannelSpider):
    site = Site(
        "ona",
        "https://omannews.gov.om",
        title="وكالة الأنباء العُمانية",
        country="OM",
        timezone="Asia/Muscat",
        categories=("/topics/ar/7",),
        feeds=("/rss.ona",),
    )
