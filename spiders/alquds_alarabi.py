"""القدس العربي (London). WordPress; the site was looked at in a probe of sources (July 2026).

Some clients get no answer.
"""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class AlqudsAlarabi(WordPressSpider):
    site = Site(
        "alquds_alarabi",
        "https://www.alquds.co.uk",
        title="القدس العربي",
        country="GB",
        timezone="Europe/London",
    )
