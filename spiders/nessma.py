"""نسمة (Tunisia). Its category is in use by a public news app (2026)."""

from crawler.platforms import CategorySpider
from crawler.site import Site


class Nessma(CategorySpider):
    site = Site(
        "nessma",
        "https://www.nessma.tv",
        title="نسمة",
        country="TN",
        timezone="Africa/Tunis",
        categories=("/ar/actualites",),
    )
