"""أجيال (Palestine). Its feed answered a Palestinian open-source program (September 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class ArnPs(JoinedSpider):
    site = Site("arn_ps", "https://arn.ps", title="أجيال", country="PS", timezone="Asia/Hebron", feeds=("/rss",))
