"""صوت الخليج (Kuwait). WordPress, Jannah theme (seen in 2022)."""

from crawler.platforms import CategorySpider
from crawler.site import Site


class SoutAlkhaleej(CategorySpider):
    site = Site(
        "soutalkhaleej",
        "https://soutalkhaleej.net",
        title="صوت الخليج",
        country="KW",
        timezone="Asia/Kuwait",
        theme="jannah",
    )
