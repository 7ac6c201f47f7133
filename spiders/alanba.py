"""الأنباء (Kuwait). Its categories were read by a public scraper (2022)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Alanba(MultiChannelSpider):
    site = Site(
        "alanba",
        "https://www.alanba.com.kw",
        title="الأنباء",
        country="KW",
        timezone="Asia/Kuwait",
        categories=(
            "/ar/kuwait-news/official/",
            "/ar/kuwait-news/parliament/",
            "/ar/kuwait-news/education/",
            "/ar/kuwait-news/health/",
            "/ar/kuwait-news/incidents-issues/",
        ),
    )
