"""الراي (Kuwait). Its categories answered an audit of news sources (October 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Alraimedia(JoinedSpider):
    site = Site(
        "alraimedia",
        "https://www.alraimedia.com",
        title="الراي",
        country="KW",
        timezone="Asia/Kuwait",
        categories=("/أخبار-محلية", "/morearticles/اقتصاد?pgno=1"),
    )
