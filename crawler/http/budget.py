"""Request budget of one run: at most N requests, a quarter of them for revisits."""

from dataclasses import dataclass
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.http.refusals import OverBudget
from storage.revisits import revisits_allowed


@dataclass(slots=True)
class RequestBudget:
    """Counts the requests of one run as they leave, redirects, retries and robots.txt among them.

    most: requests that the run may make; None: as many as it needs. visits: those for second looks, of sent.
    reserved: second looks that new pages must leave room for.
    """

    most: int | None = None
    sent: int = 0
    revisits: int = 0
    reserved: int = 0

    def take(self, *, revisit: bool) -> bool:
        """Whether one more request may leave; it is counted."""
        if (self.revisits_left if revisit else self.left) < 1:
            return False
        self.sent += 1
        self.revisits += revisit
        return True

    def reserve(self, revisits: int) -> None:
        """Keep room for so many second looks, as far as they are allowed."""
        self.reserved = max(self.reserved, min(revisits, revisits_allowed(self.sent - self.revisits, self.most)))

    @property
    def is_spent(self) -> bool:
        """Whether nothing more may be made for what is new."""
        return self.left < 1

    @property
    def left(self) -> float:
        """Requests that may still be made for what is new."""
        if self.most is None:
            return float("inf")
        return self.most - self.sent - max(0, self.reserved - self.revisits)

    @property
    def revisits_left(self) -> int:
        """Second looks that may still be made."""
        allowed = revisits_allowed(self.sent - self.revisits, self.most) - self.revisits
        return allowed if self.most is None else min(allowed, self.most - self.sent)


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
