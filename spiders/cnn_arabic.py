"""سي إن إن بالعربية (Dubai). Drupal; its pages were read by an open-source monitor (August 2026).

The newsroom is in Dubai.
"""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class CnnArabic(MultiChannelSpider):
    site = Site(
        "cnn_arabic",
        "https://arabic.cnn.com",
        title="سي إن إن بالعربية",
        country="AE",
        timezone="Asia/Dubai",
        categories=("/middle-east", "/business", "/world", "/sport"),
        feeds=("/api/v1/rss/rss.xml", "/api/v1/rss/business/rss.xml", "/api/v1/rss/sport/rss.xml"),
    )
