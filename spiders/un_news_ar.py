"""أخبار الأمم المتحدة (United States). Drupal; its feeds answered a feed catalogue (September 2026).

Reusable under the UN's terms.
"""

from crawler.platforms import FeedSpider
from crawler.site import Site


class UnNewsAr(FeedSpider):
    site = Site(
        "un_news_ar",
        "https://news.un.org/ar/",
        title="أخبار الأمم المتحدة",
        country="US",
        timezone="America/New_York",
        feeds=("/feed/subscribe/ar/news/all/rss.xml", "/feed/subscribe/ar/news/region/middle-east/feed/rss.xml"),
    )
