"""الراي (Kuwait). Its categories answered an audit of news sources (October 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Alraimedia(MultiChannelSpider):
    site = Site(
        "alraimedia",
        "https://www.alraimedia.com",
        title="الراي",
        country="KW",
        timezone="Asia/Kuwait",
        categories=("/أخبار-محلية", "/morearticles/اقتصاد?pgno=1"),
    )
