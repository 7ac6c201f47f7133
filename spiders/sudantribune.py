"""سودان تربيون (Sudan). WordPress; its pages were read by an open-source monitor (August 2026).

The .com host is walled, this one is open.
"""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Sudantribune(WordPressSpider):
    site = Site(
        "sudantribune",
        "https://sudantribune.net",
        title="سودان تربيون",
        country="SD",
        timezone="Africa/Khartoum",
    )
