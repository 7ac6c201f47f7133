"""المصري اليوم (Egypt). Its feed answered an audit of news sources (October 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Almasryalyoum(JoinedSpider):
    site = Site(
        "almasryalyoum",
        "https://www.almasryalyoum.com",
        title="المصري اليوم",
        country="EG",
        timezone="Africa/Cairo",
        feeds=("/rss/rssfeeds",),
    )
