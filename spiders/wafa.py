"""وكالة وفا (Palestine). Its pages were read by an open-source monitor (August 2026).

No feed; the date is text alone.
"""

from crawler.platforms import JoinedSpider
from crawler.site import Site


class Wafa(JoinedSpider):
    site = Site("wafa", "https://www.wafa.ps", title="وكالة وفا", country="PS", timezone="Asia/Hebron")
