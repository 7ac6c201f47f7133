"""الشروق (Tunisia). Drupal; its pages were read by an open-source monitor (August 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Alchourouk(JoinedSpider):
    site = Site(
        "alchourouk",
        "https://www.alchourouk.com",
        title="الشروق",
        country="TN",
        timezone="Africa/Tunis",
        feeds=("/rss",),
    )
