"""النهار أونلاين (Algeria). WordPress; its feed is in use by an Algerian news bot (2025)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Ennahar(WordPressSpider):
    site = Site(
        "ennahar",
        "https://www.ennaharonline.com",
        title="النهار أونلاين",
        country="DZ",
        timezone="Africa/Algiers",
    )
