"""اندبندنت عربية (London). Drupal; its feed answered a feed catalogue (September 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Independentarabia(JoinedSpider):
    site = Site(
        "independentarabia",
        "https://www.independentarabia.com",
        title="اندبندنت عربية",
        country="GB",
        timezone="Europe/London",
        feeds=("/rss.xml",),
    )
