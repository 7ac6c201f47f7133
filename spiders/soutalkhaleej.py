"""صوت الخليج (Kuwait). WordPress, Jannah theme; the site was read by a public scraper (2022)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Soutalkhaleej(WordPressSpider):
    site = Site(
        "soutalkhaleej",
        "https://soutalkhaleej.net",
        title="صوت الخليج",
        country="KW",
        timezone="Asia/Kuwait",
        theme="jannah",
    )
