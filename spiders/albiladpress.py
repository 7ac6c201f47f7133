"""البلاد البحرينية (Bahrain). Its home page answered an audit of news sources (October 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Albiladpress(MultiChannelSpider):
    site = Site(
        "albiladpress",
        "https://www.albiladpress.com",
        title="البلاد البحرينية",
        country="BH",
        timezone="Asia/Bahrain",
    )
