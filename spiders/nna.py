"""الوكالة الوطنية للإعلام (Lebanon). Its sitemap is in use by a Lebanese news ticker (October 2026).

Its feed is frozen.
"""

from crawler.platforms import SitemapSpider
from crawler.site import Site


class Nna(SitemapSpider):
    site = Site(
        "nna",
        "https://www.nna-leb.gov.lb/ar",
        title="الوكالة الوطنية للإعلام",
        country="LB",
        timezone="Asia/Beirut",
        sitemaps=("https://nna-leb.gov.lb/ar/sitemap/news.xml",),
    )
