"""سودانايل (Sudan). WordPress; its feed was probed by collectors of Sudanese text (August 2026).

REST API open, about 142,700 posts.
"""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Sudanile(WordPressSpider):
    site = Site("sudanile", "https://sudanile.com", title="سودانايل", country="SD", timezone="Africa/Khartoum")
