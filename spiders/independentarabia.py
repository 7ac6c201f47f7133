"""اندبندنت عربية (London). Drupal; its feed answered a feed catalogue (September 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Independentarabia(MultiChannelSpider):
    site = Site(
        "independentarabia",
        "https://www.independentarabia.com",
        title="اندبندنت عربية",
        country="GB",
        timezone="Europe/London",
        feeds=("/rss.xml",),
    )
