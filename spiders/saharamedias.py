"""صحراء ميديا (Mauritania). WordPress; its feed is in use by a reader of Mauritanian news (2025 to 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Saharamedias(WordPressSpider):
    site = Site(
        "saharamedias",
        "https://www.saharamedias.net",
        title="صحراء ميديا",
        country="MR",
        timezone="Africa/Nouakchott",
    )
