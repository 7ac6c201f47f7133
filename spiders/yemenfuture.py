"""يمن فيوتشر (Yemen). Its categories are in use at a Yemeni news desk (October 2026). No feed."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Yemenfuture(MultiChannelSpider):
    site = Site(
        "yemenfuture",
        "https://yemenfuture.net",
        title="يمن فيوتشر",
        country="YE",
        timezone="Asia/Aden",
        categories=("/news", "/economy"),
    )
