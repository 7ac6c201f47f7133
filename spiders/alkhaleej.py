"""الخليج (United Arab Emirates). Drupal; its pages were read by an open-source monitor (August 2026).

Elsewhere the feed gave nothing to a data centre.
"""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Alkhaleej(MultiChannelSpider):
    site = Site(
        "alkhaleej",
        "https://www.alkhaleej.ae",
        title="الخليج",
        country="AE",
        timezone="Asia/Dubai",
        categories=("/سياسة",),
        feeds=("/section/1110/rss.xml",),
    )
