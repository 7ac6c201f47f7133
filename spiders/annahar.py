"""النهار (Lebanon). Its feed is in use by a Lebanese news ticker (October 2026). Its lists need JavaScript."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Annahar(MultiChannelSpider):
    site = Site(
        "annahar",
        "https://www.annahar.com",
        title="النهار",
        country="LB",
        timezone="Asia/Beirut",
        channels=("feed", "sitemap"),
        feeds=("/rss",),
        sitemaps=("/sitemap/sitemap-news.xml",),
    )
