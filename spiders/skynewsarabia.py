"""سكاي نيوز عربية (United Arab Emirates). Its feeds answered a feed catalogue (September 2026).

Its lists need JavaScript.
"""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Skynewsarabia(FeedSpider):
    site = Site(
        "skynewsarabia",
        "https://www.skynewsarabia.com",
        title="سكاي نيوز عربية",
        country="AE",
        timezone="Asia/Dubai",
        feeds=("/rss", "/rss.xml", "/rss/middle-east.xml", "/rss/world.xml"),
    )
