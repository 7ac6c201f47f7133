"""النيلين (Sudan). WordPress (seen in 2026)."""

from crawler.platforms import CategorySpider
from crawler.site import Site


class Alnilin(CategorySpider):
    site = Site("alnilin", "https://www.alnilin.com", title="النيلين", country="SD", timezone="Africa/Khartoum")
