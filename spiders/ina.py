"""وكالة الأنباء العراقية (Iraq). Its feed answered an audit of news sources (October 2026). 403 to some networks."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Ina(MultiChannelSpider):
    site = Site(
        "ina",
        "https://ina.iq",
        title="وكالة الأنباء العراقية",
        country="IQ",
        timezone="Asia/Baghdad",
        categories=("/ar/local", "/ar/economie"),
        feeds=("/rssdzen.xml",),
    )
