"""البلاد البحرينية (Bahrain). Its home page answered an audit of news sources (October 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Albiladpress(JoinedSpider):
    site = Site(
        "albiladpress",
        "https://www.albiladpress.com",
        title="البلاد البحرينية",
        country="BH",
        timezone="Asia/Bahrain",
    )
