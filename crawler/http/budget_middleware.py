"""No request past what the run may ask of its site."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.http.refusals import OverBudget
from crawler.http.request_budget import RequestBudget


class BudgetMiddleware:
    """Counts what leaves, and raises OverBudget for what must not: behind all that refuse, before what counts."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise OverBudget when the request has to wait for another run. Spiders without a budget have all leave."""
        if request.meta.get("kind") == "part":
            return  # a page that was let in is shown whole: half of it would pass for an edit
        budget = getattr(self.crawler.spider, "budget", None)
        if isinstance(budget, RequestBudget) and not budget.take(revisit=request.meta.get("revisit", False)):
            raise OverBudget(f"not fetched: {ascii(request.url)[:200]}: it has to wait for the next run")
