"""الوكالة العربية السورية للأنباء (Syria).

WordPress, Foxiz theme; its pages were read by an open-source monitor (August 2026).
robots.txt asks for 5 s between requests.
"""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Sana(WordPressSpider):
    site = Site(
        "sana",
        "https://sana.sy",
        title="الوكالة العربية السورية للأنباء",
        country="SY",
        timezone="Asia/Damascus",
        categories=("/syria-news/", "/international/", "/economy/"),
        theme="foxiz",
        delay_s=5.0,
    )
