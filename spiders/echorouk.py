"""الشروق أونلاين (Algeria). WordPress; its feed answered an audit of news sources (October 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Echorouk(WordPressSpider):
    site = Site(
        "echorouk",
        "https://www.echoroukonline.com",
        title="الشروق أونلاين",
        country="DZ",
        timezone="Africa/Algiers",
    )
