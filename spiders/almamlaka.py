"""المملكة (Jordan). Its feed answered an audit of news sources (October 2026). 403 to some networks."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Almamlaka(MultiChannelSpider):
    site = Site(
        "almamlaka",
        "https://www.almamlakatv.com",
        title="المملكة",
        country="JO",
        timezone="Asia/Amman",
        categories=("/categories/12-العالم",),
        feeds=("https://almamlakatv.com/rss.xml",),
        sitemaps=("/sitemap-news.xml",),
    )
