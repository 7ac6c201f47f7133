"""المدى (Iraq). WordPress; articles are /<id>/ (seen in 2026)."""

from crawler.platforms import CategorySpider
from crawler.site import Site


class Almada(CategorySpider):
    site = Site("almada", "https://almadapaper.net", title="المدى", country="IQ", timezone="Asia/Baghdad")
