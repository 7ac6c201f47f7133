"""المصدر أونلاين (Yemen). Its pages were read by an open-source monitor (August 2026). Feed items carry no dates."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Almasdaronline(MultiChannelSpider):
    site = Site(
        "almasdaronline",
        "https://almasdaronline.com",
        title="المصدر أونلاين",
        country="YE",
        timezone="Asia/Aden",
        feeds=("/rss",),
    )
