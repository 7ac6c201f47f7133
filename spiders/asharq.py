"""الشرق للأخبار (Saudi Arabia). Its feed answered an audit of news sources (October 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Asharq(MultiChannelSpider):
    site = Site(
        "asharq",
        "https://asharq.com",
        title="الشرق للأخبار",
        country="SA",
        timezone="Asia/Riyadh",
        feeds=("/rss.xml",),
    )
