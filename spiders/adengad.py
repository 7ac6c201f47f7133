"""عدن الغد (Yemen). WordPress; its feed is in use at a Yemeni news desk (October 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Adengad(WordPressSpider):
    site = Site("adengad", "https://adngad.net", title="عدن الغد", country="YE", timezone="Asia/Aden")
