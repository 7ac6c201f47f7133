"""Requests for pictures and style sheets of article pages (Site.assets), sent when a run has no others to send."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Protocol

from scrapy import Request
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.http.refusals import OverBudget, Refused
from crawler.platforms.items import FetchedAsset, MissedAsset
from crawler.platforms.responses import capture_of, content_type, requested_url
from crawler.platforms.run_statistics import RunStatistics
from crawler.platforms.spider_context import Frontier, Options
from crawler.site import Site
from storage.assets import TYPES, WantedAsset

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.crawler import Crawler

MOST_BYTES = 5 * 1024 * 1024  # of one asset, both as sent and decoded
_AT_ONCE = 50  # requests that wait in memory


class AssetSpider(Protocol):
    """The part of a spider that requests for assets use."""

    crawler: "Crawler"
    frontier: Frontier
    options: Options
    statistics: RunStatistics
    site: ClassVar[Site]
    began: "datetime"

    def now(self) -> "datetime":
        """The time by the run's clock: aware UTC."""


class AssetRequests:
    """Schedules a spider's requests for assets, each once in a run."""

    def __init__(self, spider: AssetSpider) -> None:
        self._spider = spider
        self._last: WantedAsset | None = None

    def request_wanted(self) -> None:
        """Last handler of Scrapy's signal spider_idle: request some assets of archived pages.

        Articles come first: if other requests wait, it does nothing. Raises DontCloseSpider when it requests any.
        """
        spider, engine = self._spider, self._spider.crawler.engine
        budget = spider.statistics.budget
        if engine is None or spider.statistics.archive_error is not None or not engine.spider_is_idle():
            return
        # With --max-articles, only assets of this run's articles, without those that earlier runs left.
        since = spider.began if spider.options.max_articles is not None else None
        most = int(min(_AT_ONCE, budget.left))
        wanted = spider.frontier.wanted_assets(most, after=self._last, since=since) if most > 0 else []
        for each in wanted:
            engine.crawl(asset_request(spider, each.url, each.page))
        if wanted:
            self._last = wanted[-1]
            raise DontCloseSpider


def asset_request(spider: AssetSpider, url: str, page: str | None) -> Request:
    """A request for one picture or style sheet. It follows no redirect: pages link to the asset by this URL only."""

    def parse(response: Response) -> Iterator[FetchedAsset | MissedAsset]:
        yield asset_item(response, spider.site, spider.now(), page)

    return Request(
        url,
        callback=parse,
        errback=missed_asset,
        meta={"kind": "asset", "download_maxsize": MOST_BYTES, "dont_redirect": True, "handle_httpstatus_all": True},
        priority=-1,
        dont_filter=True,
    )


def asset_item(response: Response, site: Site, now: "datetime", page: str | None) -> FetchedAsset | MissedAsset:
    """The item for a response: only a picture or a style sheet with status 200 is archived."""
    whole = response.status == 200 and 0 < len(response.body) <= MOST_BYTES
    if whole and content_type(response).strip().lower().startswith(TYPES):
        return FetchedAsset(capture_of(response, site.name, now), page)
    return MissedAsset(requested_url(response), retry=response.status >= 500 or response.status == 429)


def missed_asset(failure: Failure) -> Iterator[MissedAsset]:
    """Errback: yield a MissedAsset; nothing for a request that was not sent, as a later run will send it."""
    request: Request = failure.request  # type: ignore[attr-defined]
    error = failure.value
    if isinstance(error, OverBudget) or (isinstance(error, Refused) and error.retry):
        return
    yield MissedAsset(request.url, retry=not isinstance(error, Refused))
