"""وكالة صفا (Palestine). Its feed answered a Palestinian open-source program (September 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Safa(MultiChannelSpider):
    site = Site("safa", "https://safa.ps", title="وكالة صفا", country="PS", timezone="Asia/Gaza", feeds=("/rss",))
