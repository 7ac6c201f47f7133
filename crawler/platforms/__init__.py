"""Ways into a site: each platform is a spider that a site file subclasses."""

from crawler.platforms.categories import CategorySpider
from crawler.platforms.multi_channel import FeedSpider, JoinedSpider, SitemapSpider, WordPressSpider

__all__ = ["CategorySpider", "FeedSpider", "JoinedSpider", "SitemapSpider", "WordPressSpider"]
