"""عُمان (Oman). Its category answered an audit of news sources (October 2026). No feed."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Omandaily(MultiChannelSpider):
    site = Site(
        "omandaily",
        "https://www.omandaily.om",
        title="عُمان",
        country="OM",
        timezone="Asia/Muscat",
        categories=("/morearticles/الاقتصادية",),
    )
