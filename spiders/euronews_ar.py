"""يورونيوز عربي (France). Its feed answered a feed catalogue (September 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class EuronewsAr(MultiChannelSpider):
    site = Site(
        "euronews_ar",
        "https://arabic.euronews.com",
        title="يورونيوز عربي",
        country="FR",
        timezone="Europe/Paris",
        categories=("/news",),
        feeds=("/rss",),
    )
