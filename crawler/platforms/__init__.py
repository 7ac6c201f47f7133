"""Spiders that find a site's articles. A platform is a base class for site files. It extracts nothing."""

from crawler.platforms.categories import CategorySpider
from crawler.platforms.multi_channel import FeedSpider, MultiChannelSpider, SitemapSpider, WordPressSpider

# Alias for site files that `warraq add` wrote before version 0.1.
JoinedSpider = MultiChannelSpider

__all__ = ["CategorySpider", "FeedSpider", "JoinedSpider", "MultiChannelSpider", "SitemapSpider", "WordPressSpider"]
