"""الشرق الأوسط (Saudi Arabia). Drupal; its feeds answered a feed catalogue (September 2026).

Cloudflare refuses some networks.
"""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Aawsat(MultiChannelSpider):
    site = Site(
        "aawsat",
        "https://aawsat.com",
        title="الشرق الأوسط",
        country="SA",
        timezone="Asia/Riyadh",
        categories=("/العالم", "/العالم-العربي", "/الشرق-الأوسط", "/الاقتصاد"),
        feeds=("/feed", "/feed/arab-world", "/feed/gulf", "/feed/news"),
        sitemaps=("/googlenews.xml",),
    )
