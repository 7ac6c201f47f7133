"""كويت تايمز عربي (Kuwait). WordPress, Sahifa theme; its categories were read by a public scraper (2022)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Q8times(WordPressSpider):
    site = Site(
        "q8times",
        "https://q8times.com",
        title="كويت تايمز عربي",
        country="KW",
        timezone="Asia/Kuwait",
        categories=("/category/أخبار-محليه", "/category/اقتصاد"),
        theme="sahifa",
    )
