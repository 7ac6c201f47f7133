"""عمون (Jordan). Its pages were read by an open-source monitor (August 2026).

No feed; dates in its JSON-LD put the day first.
"""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Ammonnews(MultiChannelSpider):
    site = Site("ammonnews", "https://www.ammonnews.net", title="عمون", country="JO", timezone="Asia/Amman")
