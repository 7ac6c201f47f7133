"""وكالة صفا (Palestine). Its feed answered a Palestinian open-source program (September 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Safa(JoinedSpider):
    site = Site("safa", "https://safa.ps", title="وكالة صفا", country="PS", timezone="Asia/Gaza", feeds=("/rss",))
