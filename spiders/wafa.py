"""وكالة وفا (Palestine). Its pages were read by an open-source monitor (August 2026).

No feed; the date is text alone.
"""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Wafa(MultiChannelSpider):
    site = Site("wafa", "https://www.wafa.ps", title="وكالة وفا", country="PS", timezone="Asia/Hebron")
