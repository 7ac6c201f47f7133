"""الأحداث المغربية (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Ahdath(WordPressSpider):
    site = Site("ahdath", "https://ahdath.info", title="الأحداث المغربية", country="MA", timezone="Africa/Casablanca")
