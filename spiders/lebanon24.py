"""لبنان 24 (Lebanon). Its category is read by public Scrapy spiders (2026). Bodies may need a login."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Lebanon24(MultiChannelSpider):
    site = Site(
        "lebanon24",
        "https://www.lebanon24.com",
        title="لبنان 24",
        country="LB",
        timezone="Asia/Beirut",
        categories=("/section/5/اقتصاد",),
    )
