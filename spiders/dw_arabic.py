"""دويتشه فيله (Germany). Its feeds answered a feed catalogue (September 2026)."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class DwArabic(FeedSpider):
    site = Site(
        "dw_arabic",
        "https://www.dw.com/ar",
        title="دويتشه فيله",
        country="DE",
        timezone="Europe/Berlin",
        feeds=(
            "https://rss.dw.com/xml/rss-ar-all",
            "https://rss.dw.com/xml/rss-ar-eco",
            "https://rss.dw.com/xml/rss-ar-sci",
            "https://rss.dw.com/xml/rss-ar-cul",
            "https://rss.dw.com/xml/rss-ar-sports",
        ),
    )
