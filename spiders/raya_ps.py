"""راية (Palestine). Its feed answered a Palestinian open-source program (September 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class RayaPs(JoinedSpider):
    site = Site("raya_ps", "https://www.raya.ps", title="راية", country="PS", timezone="Asia/Hebron", feeds=("/rss",))
