"""الأخبار (Mauritania). Drupal; its feed is in use by a reader of Mauritanian news (2025 to 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class AlakhbarMr(MultiChannelSpider):
    site = Site(
        "alakhbar_mr",
        "https://alakhbar.info",
        title="الأخبار",
        country="MR",
        timezone="Africa/Nouakchott",
        categories=("/?q=eco",),
        feeds=("/?q=rss.xml",),
    )
