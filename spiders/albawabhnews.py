"""البوابة نيوز (Egypt). Its category was read by a public scraper (2021)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Albawabhnews(MultiChannelSpider):
    site = Site(
        "albawabhnews",
        "https://www.albawabhnews.com",
        title="البوابة نيوز",
        country="EG",
        timezone="Africa/Cairo",
        categories=("/category/72",),
    )
