"""الوكالة الوطنية العراقية (Iraq). Its categories were read by a public scraper (2021).

Keys: 5 politics, 4 economy, 2 sport.
"""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Nina(MultiChannelSpider):
    site = Site(
        "nina",
        "https://www.ninanews.com",
        title="الوكالة الوطنية العراقية",
        country="IQ",
        timezone="Asia/Baghdad",
        categories=("/Website/News/List?key=4", "/Website/News/List?key=5", "/Website/News/List?key=2"),
    )
