"""وكالة معا (Palestine). Its feed answered a Palestinian open-source program (September 2026).

403 to one probe of July 2026.
"""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Maan(JoinedSpider):
    site = Site(
        "maan",
        "https://www.maannews.net",
        title="وكالة معا",
        country="PS",
        timezone="Asia/Hebron",
        feeds=("/rss",),
    )
