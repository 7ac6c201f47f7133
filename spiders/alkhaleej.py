"""الخليج (United Arab Emirates). Drupal; its pages were read by an open-source monitor (August 2026).

Elsewhere the feed gave nothing to a data centre.
"""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Alkhaleej(JoinedSpider):
    site = Site(
        "alkhaleej",
        "https://www.alkhaleej.ae",
        title="الخليج",
        country="AE",
        timezone="Asia/Dubai",
        categories=("/سياسة",),
        feeds=("/section/1110/rss.xml",),
    )
