"""أخبارنا (Morocco). Its pages were read by an open-source monitor (August 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Akhbarona(MultiChannelSpider):
    site = Site("akhbarona", "https://www.akhbarona.com", title="أخبارنا", country="MA", timezone="Africa/Casablanca")
