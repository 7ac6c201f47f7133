"""الشرق القطرية (Qatar). Its feed answered an audit of news sources (October 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class AlsharqQa(MultiChannelSpider):
    site = Site(
        "alsharq_qa",
        "https://al-sharq.com",
        title="الشرق القطرية",
        country="QA",
        timezone="Asia/Qatar",
        feeds=("/rss/latestNews",),
    )
