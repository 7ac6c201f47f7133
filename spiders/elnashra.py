"""النشرة (Lebanon). Its category is read by public Scrapy spiders (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Elnashra(MultiChannelSpider):
    site = Site(
        "elnashra",
        "https://www.elnashra.com",
        title="النشرة",
        country="LB",
        timezone="Asia/Beirut",
        categories=("/category/show/important/news/أخبار-مهمّة",),
    )
