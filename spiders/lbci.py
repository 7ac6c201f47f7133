"""إل بي سي آي (Lebanon). Its feeds are read by the Fundus library (2026). 403 to some networks."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Lbci(JoinedSpider):
    site = Site(
        "lbci",
        "https://www.lbcgroup.tv",
        title="إل بي سي آي",
        country="LB",
        timezone="Asia/Beirut",
        feeds=("/Rss/latest-news/ar", "/Rss/News/ar/1/أخبار-لبنان"),
        sitemaps=("/newssitemap.xml",),
    )
