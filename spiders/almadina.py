"""المدينة (Saudi Arabia). Its category is read by public Scrapy spiders (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Almadina(MultiChannelSpider):
    site = Site(
        "almadina",
        "https://www.al-madina.com",
        title="المدينة",
        country="SA",
        timezone="Asia/Riyadh",
        categories=("/اقتصاد",),
    )
