"""الصومال اليوم (Somalia). WordPress, Jannah theme; its category was read by a public scraper (2021)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Alsomalalyaum(WordPressSpider):
    site = Site(
        "alsomalalyaum",
        "https://alsomalalyaum.com",
        title="الصومال اليوم",
        country="SO",
        timezone="Africa/Mogadishu",
        categories=("/category/الاقتصاد-الصومالي/",),
        theme="jannah",
    )
