"""النيلين (Sudan). WordPress; the site was probed by collectors of Sudanese text (August 2026).

REST API open, about 550,800 posts in August 2026.
"""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Alnilin(WordPressSpider):
    site = Site("alnilin", "https://www.alnilin.com", title="النيلين", country="SD", timezone="Africa/Khartoum")
