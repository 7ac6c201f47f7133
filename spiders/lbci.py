"""إل بي سي آي (Lebanon). Its feeds are read by the Fundus library (2026). 403 to some networks."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Lbci(MultiChannelSpider):
    site = Site(
        "lbci",
        "https://www.lbcgroup.tv",
        title="إل بي سي آي",
        country="LB",
        timezone="Asia/Beirut",
        feeds=("/Rss/latest-news/ar", "/Rss/News/ar/1/أخبار-لبنان"),
        sitemaps=("/newssitemap.xml",),
    )
