"""بغداد اليوم (Iraq). Its feed answered an audit of news sources (October 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Baghdadtoday(MultiChannelSpider):
    site = Site(
        "baghdadtoday",
        "https://baghdadtoday.news",
        title="بغداد اليوم",
        country="IQ",
        timezone="Asia/Baghdad",
        categories=("/category/6/سياسة",),
        feeds=("/rss.xml",),
    )
