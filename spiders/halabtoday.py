"""حلب اليوم (Syria). WordPress; its feed is on a public list of feeds (between 2021 and 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Halabtoday(WordPressSpider):
    site = Site("halabtoday", "https://halabtodaytv.net", title="حلب اليوم", country="SY", timezone="Asia/Damascus")
