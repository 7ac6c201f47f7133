"""العراق نيوز (Iraq). WordPress; its feed is on a public list of feeds (between 2021 and 2026)."""

from crawler.platforms import WordPressSpider
from crawler.site import Site


class Aliraqnews(WordPressSpider):
    site = Site("aliraqnews", "https://aliraqnews.com", title="العراق نيوز", country="IQ", timezone="Asia/Baghdad")
