"""العمق المغربي (Morocco). WordPress; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Al3omk(WordPressSpider):
    site = Site("al3omk", "https://al3omk.com", title="العمق المغربي", country="MA", timezone="Africa/Casablanca")
