"""مصدر الإخبارية (Palestine). WordPress (feed seen in 2026)."""

from crawler.platforms import CategorySpider
from crawler.site import Site


class Msdrnews(CategorySpider):
    site = Site("msdrnews", "https://msdrnews.com", title="مصدر الإخبارية", country="PS", timezone="Asia/Gaza")
