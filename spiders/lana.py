"""وكالة الأنباء الليبية (Libya). Its category is read by a monitor of Libyan news (2026).

Articles are post.php?id=<id>.
"""

from crawler.platforms import CategorySpider
from crawler.site import Site


class Lana(CategorySpider):
    site = Site(
        "lana",
        "https://lana.gov.ly",
        title="وكالة الأنباء الليبية",
        country="LY",
        timezone="Africa/Tripoli",
        categories=("/category.php?lang=ar&id=8",),
    )
