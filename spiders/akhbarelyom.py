"""بوابة أخبار اليوم (Egypt). Its feed was in the newscatcher package (2020)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Akhbarelyom(MultiChannelSpider):
    site = Site(
        "akhbarelyom",
        "https://akhbarelyom.com",
        title="بوابة أخبار اليوم",
        country="EG",
        timezone="Africa/Cairo",
        feeds=("/RSS/GetSectionNewsRSS?JournalID=1&SectionID=1",),
    )
