"""هبة بريس (Morocco). WordPress, Jannah theme (seen about 2023)."""

from crawler.platforms import CategorySpider
from crawler.site import Site


class Hibapress(CategorySpider):
    site = Site(
        "hibapress",
        "https://ar.hibapress.com",
        title="هبة بريس",
        country="MA",
        timezone="Africa/Casablanca",
        theme="jannah",
    )
