"""ليبيا الأحرار (Libya). WordPress; its pages were read by an open-source monitor (August 2026).

Another list calls it dormant since 2025.
"""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Libyaalahrar(WordPressSpider):
    site = Site(
        "libyaalahrar",
        "https://libyaalahrar.tv",
        title="ليبيا الأحرار",
        country="LY",
        timezone="Africa/Tripoli",
        categories=("/category/libya/", "/category/world/", "/category/eco/"),
    )
