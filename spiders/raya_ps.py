"""راية (Palestine). Its feed answered a Palestinian open-source program (September 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class RayaPs(MultiChannelSpider):
    site = Site("raya_ps", "https://www.raya.ps", title="راية", country="PS", timezone="Asia/Hebron", feeds=("/rss",))
