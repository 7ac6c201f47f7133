"""Ways into a site: each platform is a spider that a site file subclasses."""

from crawler.platforms.categories import CategorySpider

__all__ = ["CategorySpider"]
