"""السوداني (Sudan). WordPress; its feed was probed by collectors of Sudanese text (August 2026).

Articles are /?p=<id>.
"""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Alsudaninews(WordPressSpider):
    site = Site(
        "alsudaninews",
        "https://alsudaninews.com",
        title="السوداني",
        country="SD",
        timezone="Africa/Khartoum",
        feeds=("/?feed=rss2",),
    )
