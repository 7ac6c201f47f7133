"""الشرق للأخبار (Saudi Arabia). Its feed answered an audit of news sources (October 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Asharq(JoinedSpider):
    site = Site(
        "asharq",
        "https://asharq.com",
        title="الشرق للأخبار",
        country="SA",
        timezone="Asia/Riyadh",
        feeds=("/rss.xml",),
    )
