"""السومرية (Iraq). Its feeds answered a feed catalogue (September 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Alsumaria(MultiChannelSpider):
    site = Site(
        "alsumaria",
        "https://www.alsumaria.tv",
        title="السومرية",
        country="IQ",
        timezone="Asia/Baghdad",
        feeds=(
            "/Rss/iraq-latest-news/ar",
            "/Rss/News/ar/1/سياسة",
            "/Rss/News/ar/48/محليات",
            "/Rss/News/ar/16/أمن",
            "/Rss/News/ar/5/رياضة",
        ),
    )
