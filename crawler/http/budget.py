"""Request budget of one run: at most N requests, a quarter of them for revisits."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from scrapy import Request

from crawler.http.refusals import OverBudget, WalkEnded, not_fetched
from storage.messages import message
from storage.revisits import revisits_allowed

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


@dataclass(slots=True)
class RequestBudget:
    """Counts the requests that one run sends, including redirects, retries and robots.txt.

    most: requests that the run may send; None: any number. sent: requests so far, except `parts`. revisits: revisits
    among `sent`. reserved: number of revisits that new pages must leave room for. parts: requests for parts of rendered
    pages, which are counted and not limited.
    """

    most: int | None = None
    sent: int = 0
    revisits: int = 0
    reserved: int = 0
    parts: int = 0

    def take(self, *, revisit: bool) -> bool:
        """Whether one more request may be sent. If so, it is counted."""
        if (self.revisits_left if revisit else self.left) < 1:
            return False
        self.sent += 1
        self.revisits += revisit
        return True

    def reserve(self, revisits: int) -> None:
        """Reserve room for this number of revisits, as far as they are allowed."""
        self.reserved = max(self.reserved, min(revisits, revisits_allowed(self.sent - self.revisits, self.most)))

    @property
    def requests(self) -> int:
        """All requests that were sent."""
        return self.sent + self.parts

    @property
    def is_exhausted(self) -> bool:
        """Whether no further request may be sent for new pages."""
        return self.left < 1

    @property
    def left(self) -> float:
        """Requests that may still be sent for new pages."""
        if self.most is None:
            return float("inf")
        return self.most - self.sent - max(0, self.reserved - self.revisits)

    @property
    def revisits_left(self) -> int:
        """Revisits that may still be sent."""
        allowed = revisits_allowed(self.sent - self.revisits, self.most) - self.revisits
        return allowed if self.most is None else min(allowed, self.most - self.sent)


class BudgetMiddleware:
    """Downloader middleware that counts every request. It runs after all middlewares that may refuse one."""

    def __init__(self, crawler: "Crawler") -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise OverBudget if the request must wait for another run, WalkEnded if its walk was ended.

        Spiders without a budget have no limit.
        """
        budget = getattr(self.crawler.spider, "budget", None)
        if not isinstance(budget, RequestBudget):
            return
        if request.meta.get("walk") in getattr(self.crawler.spider, "ended_walks", ()):
            raise WalkEnded(not_fetched(request.url, message("its walk was ended, as it brought nothing")))
        if request.meta.get("kind") == "part":
            budget.parts += 1  # not limited: a page that is rendered only in part would look like an edit
        elif not budget.take(revisit=request.meta.get("revisit", False)):
            raise OverBudget(not_fetched(request.url, message("it has to wait for the next run")))
