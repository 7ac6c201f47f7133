"""المدينة (Saudi Arabia). Its category is read by public Scrapy spiders (2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Almadina(JoinedSpider):
    site = Site(
        "almadina",
        "https://www.al-madina.com",
        title="المدينة",
        country="SA",
        timezone="Asia/Riyadh",
        categories=("/اقتصاد",),
    )
