"""حدث الكويت (Kuwait). Its category was read by a public scraper (2022)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Hadathkw(MultiChannelSpider):
    site = Site(
        "hadathkw",
        "https://hadathkw.net",
        title="حدث الكويت",
        country="KW",
        timezone="Asia/Kuwait",
        categories=("/Cat/محليات-1",),
    )
