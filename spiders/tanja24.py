"""طنجة 24 (Morocco). WordPress, Publisher theme; its feed is on a list of Moroccan newsrooms (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Tanja24(WordPressSpider):
    site = Site(
        "tanja24",
        "https://tanja24.com",
        title="طنجة 24",
        country="MA",
        timezone="Africa/Casablanca",
        theme="publisher",
    )
