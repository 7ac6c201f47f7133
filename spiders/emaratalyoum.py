"""الإمارات اليوم (United Arab Emirates). Its feed answered an audit of news sources (October 2026)."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Emaratalyoum(MultiChannelSpider):
    site = Site(
        "emaratalyoum",
        "https://www.emaratalyoum.com",
        title="الإمارات اليوم",
        country="AE",
        timezone="Asia/Dubai",
        feeds=("/1.533091?ot=ot.AjaxPageLayout",),
        sitemaps=("/news-sitemaps-1.368006/local-section-1.1075475?ot=ot.AjaxPageLayout",),
    )
