"""عُمان (Oman). Its category answered an audit of news sources (October 2026). No feed."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Omandaily(JoinedSpider):
    site = Site(
        "omandaily",
        "https://www.omandaily.om",
        title="عُمان",
        country="OM",
        timezone="Asia/Muscat",
        categories=("/morearticles/الاقتصادية",),
    )
