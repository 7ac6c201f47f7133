"""ليبيا الأحرار (Libya). WordPress; the three categories were seen in 2026."""

from crawler.platforms import CategorySpider
from crawler.site import Site


class LibyaAlahrar(CategorySpider):
    site = Site(
        "libyaalahrar",
        "https://libyaalahrar.tv",
        title="ليبيا الأحرار",
        country="LY",
        timezone="Africa/Tripoli",
        categories=("/category/libya/", "/category/world/", "/category/eco/"),
    )
