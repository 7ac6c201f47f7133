"""ليبيا 24 (Libya). WordPress; the site is read by a monitor of Libyan news (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Libya24tv(WordPressSpider):
    site = Site("libya24tv", "https://libya24.tv", title="ليبيا 24", country="LY", timezone="Africa/Tripoli")
