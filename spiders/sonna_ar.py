"""وكالة الأنباء الوطنية الصومالية (Somalia).

WordPress, tagDiv Newspaper theme; its feed is on a list of candidate sources (2026).
"""

from crawler.platforms import FeedSpider
from crawler.site import Site


class SonnaAr(FeedSpider):
    site = Site(
        "sonna_ar",
        "https://sonna.so/ar/",
        title="وكالة الأنباء الوطنية الصومالية",
        country="SO",
        timezone="Africa/Mogadishu",
        feeds=("/ar/feed/",),
    )
