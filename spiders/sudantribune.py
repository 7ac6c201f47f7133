"""سودان تربيون (Sudan). WordPress; the .net host is the open one, articles are /article/<id>/ (seen in 2026)."""

from crawler.platforms import CategorySpider
from crawler.site import Site


class SudanTribune(CategorySpider):
    site = Site(
        "sudantribune",
        "https://sudantribune.net",
        title="سودان تربيون",
        country="SD",
        timezone="Africa/Khartoum",
    )
