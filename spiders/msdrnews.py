"""مصدر الإخبارية (Palestine). WordPress; its feed answered a Palestinian open-source program (September 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Msdrnews(WordPressSpider):
    site = Site("msdrnews", "https://msdrnews.com", title="مصدر الإخبارية", country="PS", timezone="Asia/Gaza")
