"""أخبار الخليج (Bahrain). Its pages were read by an open-source monitor (August 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class AkhbarAlkhaleej(MultiChannelSpider):
    site = Site(
        "akhbar_alkhaleej",
        "https://akhbar-alkhaleej.com",
        title="أخبار الخليج",
        country="BH",
        timezone="Asia/Bahrain",
    )
