"""مصراوي (Egypt). The site was looked at in a probe of sources (July 2026).

Items carry no pubDate; article paths carry the day.
"""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Masrawy(MultiChannelSpider):
    site = Site(
        "masrawy",
        "https://www.masrawy.com",
        title="مصراوي",
        country="EG",
        timezone="Africa/Cairo",
        feeds=("/rss/feed/25/أخبار",),
    )
