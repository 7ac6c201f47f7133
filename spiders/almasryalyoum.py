"""المصري اليوم (Egypt). Its feed answered an audit of news sources (October 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Almasryalyoum(MultiChannelSpider):
    site = Site(
        "almasryalyoum",
        "https://www.almasryalyoum.com",
        title="المصري اليوم",
        country="EG",
        timezone="Africa/Cairo",
        feeds=("/rss/rssfeeds",),
    )
