"""هسبريس (Morocco). WordPress; articles end in -<id>.html (seen in 2026)."""

from crawler.platforms import CategorySpider
from crawler.site import Site


class Hespress(CategorySpider):
    site = Site("hespress", "https://www.hespress.com", title="هسبريس", country="MA", timezone="Africa/Casablanca")
