"""الإرادة (Kuwait). WordPress, Jannah theme; its categories were read by a public scraper (2022)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Alerada(WordPressSpider):
    site = Site(
        "alerada",
        "https://alerada.net",
        title="الإرادة",
        country="KW",
        timezone="Asia/Kuwait",
        categories=("/category/kuwait", "/category/economy"),
        theme="jannah",
    )
