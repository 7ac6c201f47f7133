"""البيان (United Arab Emirates). The site is in the GDELT census (2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Albayan(MultiChannelSpider):
    site = Site(
        "albayan",
        "https://www.albayan.ae",
        title="البيان",
        country="AE",
        timezone="Asia/Dubai",
        categories=("/world/political-issues",),
    )
