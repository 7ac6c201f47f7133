"""الوطن السعودية (Saudi Arabia). Its feed answered an audit of news sources (October 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class AlwatanSa(MultiChannelSpider):
    site = Site(
        "alwatan_sa",
        "https://www.alwatan.com.sa",
        title="الوطن السعودية",
        country="SA",
        timezone="Asia/Riyadh",
        categories=("/سياسة",),
        feeds=("/rssFeed/1",),
    )
