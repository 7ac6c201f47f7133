"""اليوم السابع (Egypt). Its pages were read by an open-source monitor (August 2026).

Some data centres get empty feeds.
"""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Youm7(MultiChannelSpider):
    site = Site(
        "youm7",
        "https://www.youm7.com",
        title="اليوم السابع",
        country="EG",
        timezone="Africa/Cairo",
        categories=("/Section/أخبار-عاجلة/65/1", "/Section/أخبار-عالمية/286/1", "/Section/أخبار-عربية/88/1"),
        feeds=("/rss/SectionRss?SectionID=65", "/rss/SectionRss?SectionID=88"),
    )
