"""راديو دبنقا (Sudan). WordPress; its feed was probed by collectors of Sudanese text (August 2026).

REST API open, about 25,400 posts.
"""

from crawler.platforms import FeedSpider
from crawler.site import Site


class DabangaAr(FeedSpider):
    site = Site(
        "dabanga_ar",
        "https://www.dabangasudan.org/ar",
        title="راديو دبنقا",
        country="SD",
        timezone="Africa/Khartoum",
        feeds=("/ar/feed",),
    )
