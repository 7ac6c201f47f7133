"""Second looks of one run: at the articles that are due, as far as its budget goes."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from scrapy.exceptions import DontCloseSpider

if TYPE_CHECKING:
    from crawler.platforms.base import SiteSpider


class DueRevisits:
    """What a spider does about known articles."""

    def __init__(self, spider: "SiteSpider") -> None:
        self._spider = spider
        self._asked: set[str] = set()

    def ask(self) -> None:
        """All else is done: a signal of Scrapy's. Ask for the articles whose next visit has come, by the run's budget.

        Last, because the budget is a share of what else the run asked for (storage.revisits.visits_allowed).
        """
        spider = self._spider
        engine, left = spider.crawler.engine, spider.budget.revisits_left
        if engine is None or left <= 0 or spider.outcome.archive_error is not None or not self._are_wanted:
            return
        # A page that was missing stays due until the run's end settles what that means.
        due = [url for url in spider.frontier.due(left + len(self._asked)) if not spider.has_seen(url)][:left]
        self._asked.update(due)
        for url in due:
            engine.crawl(spider.article_request(url, revisit=True))
        if due:
            raise DontCloseSpider

    def mark_due(self, times: Mapping[str, datetime]) -> list[str]:
        """Have edited articles looked at in this run, as far as its budget goes, or in the next.

        times: when each page changed, aware. Those of them come back that are no article's.
        """
        others = self._spider.frontier.mark_due(times)
        if len(others) < len(times):
            self.leave_room()
        return others

    def leave_room(self) -> None:
        """Keep some of the budget for the second looks that are due by now."""
        budget = self._spider.budget
        if budget.most is not None and self._are_wanted:
            budget.reserve(len(self._spider.frontier.due(budget.most)))

    @property
    def _are_wanted(self) -> bool:
        """Who wants few articles wants the new ones; and nothing is kept when one page is read."""
        return self._spider.options.max_articles is None and hasattr(self._spider, "frontier")
