"""الصحراء (Mauritania). Drupal; its feed is in use by a reader of Mauritanian news (2025 to 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Essahraa(MultiChannelSpider):
    site = Site(
        "essahraa",
        "https://www.essahraa.net",
        title="الصحراء",
        country="MR",
        timezone="Africa/Nouakchott",
        feeds=("/rss.xml",),
    )
