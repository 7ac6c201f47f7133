"""زهرة شنقيط (Mauritania). Drupal; the site is in use by a reader of Mauritanian news (2025 to 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Zahraa(MultiChannelSpider):
    site = Site("zahraa", "https://zahraa.mr", title="زهرة شنقيط", country="MR", timezone="Africa/Nouakchott")
