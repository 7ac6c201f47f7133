"""العربي الجديد (London). Drupal; its feed is in use at a Yemeni news desk (October 2026).

Honest clients are served, disguised ones are not.
"""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class AlarabyAljadeed(MultiChannelSpider):
    site = Site(
        "alaraby_aljadeed",
        "https://www.alaraby.co.uk",
        title="العربي الجديد",
        country="GB",
        timezone="Europe/London",
        categories=("/politics", "/economy"),
        feeds=("/rss.xml",),
    )
