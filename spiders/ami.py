"""الوكالة الموريتانية للأنباء (Mauritania).

WordPress; the site is in use by a reader of Mauritanian news (2025 to 2026).
"""

from crawler.platforms import CategorySpider
from crawler.site import Site


class Ami(CategorySpider):
    site = Site(
        "ami",
        "https://ami.mr/ar",
        title="الوكالة الموريتانية للأنباء",
        country="MR",
        timezone="Africa/Nouakchott",
    )
