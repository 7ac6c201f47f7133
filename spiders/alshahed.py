"""الشاهد (Kuwait). WordPress, Jannah theme; its categories were read by a public scraper (2022)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Alshahed(WordPressSpider):
    site = Site(
        "alshahed",
        "http://alshahedkw.com",
        title="الشاهد",
        country="KW",
        timezone="Asia/Kuwait",
        categories=("/section/local", "/section/economy", "/section/sports"),
        theme="jannah",
    )
