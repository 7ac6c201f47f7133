"""وكالة الأنباء القطرية (Qatar). Its feeds are on a list of Arabic feeds (2025). Its lists may need JavaScript."""

from crawler.platforms import FeedSpider
from crawler.site import Site


class Qna(FeedSpider):
    site = Site(
        "qna",
        "https://qna.org.qa/ar-QA/",
        title="وكالة الأنباء القطرية",
        country="QA",
        timezone="Asia/Qatar",
        feeds=(
            "/ar-QA/Pages/RSS-Feeds/General",
            "/ar-QA/Pages/RSS-Feeds/Qatar",
            "/ar-QA/Pages/RSS-Feeds/Economy-Local",
        ),
    )
