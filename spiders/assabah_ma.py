"""الصباح (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class AssabahMa(WordPressSpider):
    site = Site("assabah_ma", "https://assabah.ma", title="الصباح", country="MA", timezone="Africa/Casablanca")
