"""Revisits of one run: requests for the known articles that are due, within the run's budget."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from scrapy import Request
from scrapy.exceptions import DontCloseSpider

from crawler.platforms.run_statistics import RunStatistics
from crawler.platforms.spider_context import Frontier, Options
from crawler.platforms.walks.validator_checks import ValidatorChecks

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class RevisitingSpider(Protocol):
    """The part of a spider that revisits use."""

    crawler: "Crawler"
    frontier: Frontier
    options: Options
    statistics: RunStatistics
    validator_checks: ValidatorChecks

    def has_seen(self, url: str) -> bool:
        """Whether this run has met that page."""

    def article_request(self, url: str, listing: str | None = None, *, revisit: bool = False) -> Request:
        """A request for an article page."""


class DueRevisits:
    """Schedules a spider's revisits."""

    def __init__(self, spider: RevisitingSpider) -> None:
        self._spider = spider
        self._requested = 0

    def request_due(self) -> None:
        """Handler of Scrapy's signal spider_idle: request the articles whose next revisit is due.

        Revisits come last, because their budget is a share of the run's other requests
        (storage.revisits.revisits_allowed). Raises DontCloseSpider when it requests any.
        """
        spider = self._spider
        engine, left = spider.crawler.engine, spider.statistics.budget.revisits_left
        if engine is None or left <= 0 or spider.statistics.archive_error is not None or not self._are_wanted:
            return
        spider.frontier.ask_twins()
        checks = spider.validator_checks
        checks.ask_again()
        # A page that answered 404 stays due until it is decided, at the end of the run, whether it is gone.
        due = spider.frontier.due(left + self._requested)
        due = [url for url in due if not spider.has_seen(url) or checks.asks_again(url)][:left]
        self._requested += len(due)
        for url in due:
            engine.crawl(spider.article_request(url, revisit=True))
        if due:
            raise DontCloseSpider

    def mark_due(self, times: Mapping[str, datetime]) -> list[str]:
        """Mark edited articles as due, for this run if its budget allows, else for the next.

        times: URL to the time of the page's last change, aware. Returns the URLs that belong to no article.
        """
        others = self._spider.frontier.mark_due(times)
        if len(others) < len(times):
            self.reserve_budget()
        return others

    def reserve_budget(self) -> None:
        """Reserve a part of the budget for the revisits that are due by now."""
        budget = self._spider.statistics.budget
        if budget.most is not None and self._are_wanted:
            budget.reserve(len(self._spider.frontier.due(budget.most)))

    @property
    def _are_wanted(self) -> bool:
        """False with --max-articles, which limits a run to new articles, and without an archive, for a single page."""
        return self._spider.options.max_articles is None and hasattr(self._spider, "frontier")
