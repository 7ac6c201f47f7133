"""أجيال (Palestine). Its feed answered a Palestinian open-source program (September 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class ArnPs(MultiChannelSpider):
    site = Site("arn_ps", "https://arn.ps", title="أجيال", country="PS", timezone="Asia/Hebron", feeds=("/rss",))
