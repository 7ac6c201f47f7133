"""كويت نيوز (Kuwait). WordPress; its categories were read by a public scraper (2022)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Kuwaitnews(WordPressSpider):
    site = Site(
        "kuwaitnews",
        "https://kuwaitnews.com",
        title="كويت نيوز",
        country="KW",
        timezone="Asia/Kuwait",
        categories=("/category/kuwait/", "/category/business/"),
    )
