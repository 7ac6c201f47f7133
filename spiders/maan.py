"""وكالة معا (Palestine). Its feed answered a Palestinian open-source program (September 2026).

403 to one probe of July 2026.
"""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Maan(MultiChannelSpider):
    site = Site(
        "maan",
        "https://www.maannews.net",
        title="وكالة معا",
        country="PS",
        timezone="Asia/Hebron",
        feeds=("/rss",),
    )
