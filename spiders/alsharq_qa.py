"""الشرق القطرية (Qatar). Its feed answered an audit of news sources (October 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class AlsharqQa(JoinedSpider):
    site = Site(
        "alsharq_qa",
        "https://al-sharq.com",
        title="الشرق القطرية",
        country="QA",
        timezone="Asia/Qatar",
        feeds=("/rss/latestNews",),
    )
