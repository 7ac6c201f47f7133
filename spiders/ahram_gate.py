"""بوابة الأهرام (Egypt). Its pages are read by a public scraper (December 2025)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class AhramGate(MultiChannelSpider):
    site = Site(
        "ahram_gate",
        "https://gate.ahram.org.eg",
        title="بوابة الأهرام",
        country="EG",
        timezone="Africa/Cairo",
        categories=("/Portal/13/أخبار.aspx", "/Portal/25/ثقافة-وفنون.aspx", "/Portal/44/رياضة.aspx"),
        feeds=("/NewsRss.aspx",),
    )
