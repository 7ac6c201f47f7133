"""سبق (Saudi Arabia). Its feed answered an audit of news sources (October 2026). A JavaScript front end."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Sabq(FeedSpider):
    site = Site(
        "sabq",
        "https://sabq.org",
        title="سبق",
        country="SA",
        timezone="Asia/Riyadh",
        feeds=("/api/rss/articles",),
    )
