"""الشروق (Tunisia). Drupal; its pages were read by an open-source monitor (August 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Alchourouk(MultiChannelSpider):
    site = Site(
        "alchourouk",
        "https://www.alchourouk.com",
        title="الشروق",
        country="TN",
        timezone="Africa/Tunis",
        feeds=("/rss",),
    )
