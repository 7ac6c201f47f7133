"""مكة (Saudi Arabia). Its category is read by public Scrapy spiders (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Makkah(MultiChannelSpider):
    site = Site(
        "makkah",
        "https://makkahnewspaper.com",
        title="مكة",
        country="SA",
        timezone="Asia/Riyadh",
        categories=("/أعمال",),
    )
