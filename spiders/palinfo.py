"""المركز الفلسطيني للإعلام (Palestine).

WordPress; its feed answered a Palestinian open-source program (September 2026).
"""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Palinfo(WordPressSpider):
    site = Site("palinfo", "https://palinfo.com", title="المركز الفلسطيني للإعلام", country="PS", timezone="Asia/Gaza")
