"""يمن فيوتشر (Yemen). Its categories are in use at a Yemeni news desk (October 2026). No feed."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Yemenfuture(JoinedSpider):
    site = Site(
        "yemenfuture",
        "https://yemenfuture.net",
        title="يمن فيوتشر",
        country="YE",
        timezone="Asia/Aden",
        categories=("/news", "/economy"),
    )
