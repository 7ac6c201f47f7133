"""Ways into a site: each platform is a spider that a site file subclasses."""

from crawler.platforms.categories import CategorySpider
from crawler.platforms.multi_channel import FeedSpider, MultiChannelSpider, SitemapSpider, WordPressSpider

# Site files that `warraq add` wrote before 0.1 import the multi-channel spider by this name.
JoinedSpider = MultiChannelSpider

__all__ = ["CategorySpider", "FeedSpider", "JoinedSpider", "MultiChannelSpider", "SitemapSpider", "WordPressSpider"]
