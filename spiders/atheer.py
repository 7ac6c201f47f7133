"""أثير (Oman). Its home page answered an audit of news sources (October 2026). No feed."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Atheer(MultiChannelSpider):
    site = Site("atheer", "https://www.atheer.om", title="أثير", country="OM", timezone="Asia/Muscat")
