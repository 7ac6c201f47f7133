"""جو 24 (Jordan). Its feed answered an audit of news sources (October 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Jo24(MultiChannelSpider):
    site = Site("jo24", "https://jo24.net", title="جو 24", country="JO", timezone="Asia/Amman", feeds=("/rss.xml",))
