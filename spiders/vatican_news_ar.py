"""فاتيكان نيوز (the Vatican). Its feed is on a public list of Arabic feeds (2026)."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class VaticanNewsAr(FeedSpider):
    site = Site(
        "vatican_news_ar",
        "https://www.vaticannews.va/ar.html",
        title="فاتيكان نيوز",
        country="VA",
        timezone="Europe/Vatican",
        feeds=("/ar.rss.xml",),
    )
