"""دسمان نيوز (Kuwait). WordPress, tagDiv Newspaper theme; its category was read by a public scraper (2022)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Dasman(WordPressSpider):
    site = Site(
        "dasman",
        "https://dasmannews.com",
        title="دسمان نيوز",
        country="KW",
        timezone="Asia/Kuwait",
        categories=("/category/محليات/",),
        theme="newspaper",
    )
