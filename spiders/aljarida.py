"""الجريدة (Kuwait). Its categories answered an audit of news sources (October 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Aljarida(MultiChannelSpider):
    site = Site(
        "aljarida",
        "https://www.aljarida.com",
        title="الجريدة",
        country="KW",
        timezone="Asia/Kuwait",
        categories=("/channels/locals/", "/channels/economics/", "/channels/sports/"),
    )
