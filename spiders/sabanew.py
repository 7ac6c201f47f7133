"""وكالة سبأ (عدن) (Yemen). Its feed is in use at a Yemeni news desk (October 2026)."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Sabanew(FeedSpider):
    site = Site(
        "sabanew",
        "https://sabanew.net",
        title="وكالة سبأ (عدن)",
        country="YE",
        timezone="Asia/Aden",
        feeds=("/rss.php?lang=ar",),
    )
