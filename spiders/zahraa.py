"""زهرة شنقيط (Mauritania). Drupal; the site is in use by a reader of Mauritanian news (2025 to 2026)."""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Zahraa(JoinedSpider):
    site = Site("zahraa", "https://zahraa.mr", title="زهرة شنقيط", country="MR", timezone="Africa/Nouakchott")
