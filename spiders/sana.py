"""سانا (Syria). WordPress; robots.txt asks for 5 s between requests (seen in 2026)."""

from crawler.platforms import CategorySpider
from crawler.site import Site


class Sana(CategorySpider):
    site = Site(
        "sana",
        "https://sana.sy",
        title="سانا",
        country="SY",
        timezone="Asia/Damascus",
        categories=("/syria-news/", "/international/", "/economy/"),
        delay_s=5.0,
    )
