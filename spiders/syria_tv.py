"""تلفزيون سوريا (Syria). Drupal; the site is read by public Scrapy spiders (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class SyriaTv(MultiChannelSpider):
    site = Site("syria_tv", "https://www.syria.tv", title="تلفزيون سوريا", country="SY", timezone="Asia/Damascus")
