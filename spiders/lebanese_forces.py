"""القوات اللبنانية (Lebanon). WordPress; its feed is on a public list of feeds (between 2021 and 2026).

A party outlet.
"""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class LebaneseForces(WordPressSpider):
    site = Site(
        "lebanese_forces",
        "https://www.lebanese-forces.com",
        title="القوات اللبنانية",
        country="LB",
        timezone="Asia/Beirut",
    )
