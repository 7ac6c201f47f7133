"""السياسة (Kuwait). WordPress, Publisher theme; its categories were read by a public scraper (2022)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Alseyassah(WordPressSpider):
    site = Site(
        "alseyassah",
        "https://www.alseyassah.com",
        title="السياسة",
        country="KW",
        timezone="Asia/Kuwait",
        categories=("/category/local/", "/category/economic/", "/category/sports/"),
        theme="publisher",
    )
