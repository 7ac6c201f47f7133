"""كيفه إنفو (Mauritania). Its feed was on a public list of feeds (2018). SPIP."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Kiffainfo(MultiChannelSpider):
    site = Site(
        "kiffainfo",
        "http://kiffainfo.net",
        title="كيفه إنفو",
        country="MR",
        timezone="Africa/Nouakchott",
        feeds=("/spip.php?page=backend",),
    )
