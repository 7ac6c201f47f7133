"""الإرادة (Kuwait). WordPress, Jannah theme; both categories seen in 2022."""

from crawler.platforms import CategorySpider
from crawler.site import Site


class Alerada(CategorySpider):
    site = Site(
        "alerada",
        "https://alerada.net",
        title="الإرادة",
        country="KW",
        timezone="Asia/Kuwait",
        categories=("/category/kuwait", "/category/economy"),
        theme="jannah",
    )
