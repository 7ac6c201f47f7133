"""الوطن السورية (Syria). WordPress; its feed is on a public list of feeds (between 2021 and 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class AlwatanSy(WordPressSpider):
    site = Site("alwatan_sy", "https://alwatan.sy", title="الوطن السورية", country="SY", timezone="Asia/Damascus")
