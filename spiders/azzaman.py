"""الزمان (Iraq). WordPress, tagDiv Newspaper theme; the site is in the GDELT census (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Azzaman(WordPressSpider):
    site = Site(
        "azzaman",
        "https://www.azzaman.com",
        title="الزمان",
        country="IQ",
        timezone="Asia/Baghdad",
        theme="newspaper",
    )
