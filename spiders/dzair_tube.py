"""دزاير توب (Algeria). WordPress; its category is read by public Scrapy spiders (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class DzairTube(WordPressSpider):
    site = Site(
        "dzair_tube",
        "https://www.dzair-tube.dz",
        title="دزاير توب",
        country="DZ",
        timezone="Africa/Algiers",
        categories=("/economie/",),
    )
