"""وكالة الأنباء الأردنية، بترا (Jordan). Its home page was verified for a registry of sources (September 2026).

No feed.
"""

from crawler.platforms import CategorySpider
from crawler.site import Site


class Petra(CategorySpider):
    site = Site(
        "petra",
        "https://petra.gov.jo",
        title="بترا",
        country="JO",
        timezone="Asia/Amman",
    )
