"""أفريكان مانجر (Tunisia). WordPress; its feed is in use by a public news app (2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class AfricanmanagerAr(WordPressSpider):
    site = Site(
        "africanmanager_ar",
        "https://ar.africanmanager.com",
        title="أفريكان مانجر",
        country="TN",
        timezone="Africa/Tunis",
    )
