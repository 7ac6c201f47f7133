"""Base of every platform: a spider that finds URLs, asks the frontier which are unknown, and requests those.

A platform overrides `seeds` and a parse callback, for the places that list articles (category pages, feeds, sitemaps).
A site file contains a declaration (crawler/site.py) and may override two hooks, `article_urls` and `next_page`. The
item pipeline extracts and archives the pages; no platform uses the archive.
"""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.channels.entries import ListRules
from crawler.http.budget import RequestBudget
from crawler.http.refusals import OverBudget, Refused, WalkEnded, led_elsewhere, message_of
from crawler.listings.url_patterns import UrlPatterns
from crawler.platforms.due_revisits import DueRevisits
from crawler.platforms.further_pages import follow_parts
from crawler.platforms.items import Fetched, Missed
from crawler.platforms.responses import capture_of, day_of, requested_url
from crawler.platforms.run_statistics import RunStatistics
from crawler.platforms.spider_context import Frontier, Options, SpiderContext, each_pending
from crawler.platforms.walks.asset_requests import AssetRequests
from crawler.platforms.walks.number_set import NumberSet
from crawler.platforms.walks.stretches import WalkStretches
from crawler.platforms.walks.validator_checks import ValidatorChecks
from crawler.site import Site
from crawler.themes import THEMES, theme_named
from storage.records import Capture, Channel, Discovery, Extraction, Found, Kind, Reason, RunKind
from storage.urls import key_number

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

# Article pages come first: a run that is stopped has then archived the articles of the listings that it read, and the
# dates of a listing's articles are known before its next page is read.
ARTICLE_PRIORITY = 10
LISTING_PRIORITY = 0
PENDING: tuple[Kind, ...] = ("article", "listing", "backlog", "rest", "feed", "sitemap")


class SiteSpider(Spider):
    """The spider of one site. Site files declare `site`; platforms override `seeds` and the callbacks.

    Sites may override two hooks: `article_urls(response)` and `next_page(response)`.
    """

    site: ClassVar[Site]
    run_kind: ClassVar[RunKind] = "crawl"
    # Error responses are passed to the callback, which archives them with their reason; redirects are followed.
    handle_httpstatus_list: ClassVar[list[int]] = [304, *range(400, 600)]
    frontier: Frontier  # set by the pipeline before `start` runs, as is `extract`
    extract: Callable[[Capture], Awaitable[Extraction]]  # for a page that may be a listing or an article
    began: datetime  # when `start` ran: aware UTC

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Set the spider's name and delay from its declaration; Scrapy wants both on the class."""
        super().__init_subclass__(**kwargs)
        if "site" in cls.__dict__:
            if not isinstance(cls.site, Site):
                raise TypeError(f"{cls.__module__}.{cls.__name__}.site must be a Site(...), not {cls.site!r}")
            if cls.site.theme is not None and theme_named(cls.site.theme) is None:
                known = ", ".join(theme.name for theme in THEMES)
                raise ValueError(f"site {cls.site.name}: no theme is called {cls.site.theme!r}; known are {known}")
            cls.name = cls.site.name
            cls.custom_settings = {"DOWNLOAD_DELAY": cls.site.delay_s}

    def __init__(self, *, options: Options | None = None, context: SpiderContext | None = None, **kwargs: Any) -> None:
        """Make the spider of one run. context: shared with the command's other sites; None: the pipeline makes one."""
        super().__init__(**kwargs)
        self.context = context
        self.options = options or Options()
        self.statistics = RunStatistics(self.site.name, RequestBudget(self.options.max_requests))
        self.url_patterns = UrlPatterns()  # of articles in feeds and sitemaps, used to find article links on listings
        self.stretches = WalkStretches(self.statistics)
        self._seen = NumberSet()  # of every page's key: numbers take less memory than the keys
        self.due_revisits = DueRevisits(self)
        self.asset_requests = AssetRequests(self)
        self.validator_checks = ValidatorChecks(self)
        self._recent: dict[str, bool] = {}  # listing URL to whether any of its articles so far is within --since

    @classmethod
    def from_crawler(cls, crawler: "Crawler", *args: Any, **kwargs: Any) -> Self:
        """Scrapy's constructor: also connects the signal handlers."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.note_answer, signal=signals.response_received)
        crawler.signals.connect(spider.note_item, signal=signals.item_scraped)
        crawler.signals.connect(spider.due_revisits.request_due, signal=signals.spider_idle)
        return spider

    def seeds(self) -> Iterator[Request]:
        """The first requests of a run."""
        raise NotImplementedError(f"{type(self).__name__} has no seeds")

    def parse_listing(
        self,
        response: Response,
        *,
        backlog: bool = False,
        page: int = 1,
        previous: str | None = None,
        seen: NumberSet | None = None,
    ) -> Iterator[Any]:
        """Parse one listing: yield a Fetched for itself, and requests for its articles and its next page.

        backlog, page, previous, seen: as in `listing_request`.
        """
        raise NotImplementedError(f"{type(self).__name__} parses no listings")

    @property
    def budget(self) -> RequestBudget:
        """The run's budget of requests. The downloader middleware reads it here."""
        return self.statistics.budget

    @property
    def ended_walks(self) -> Collection[str]:
        """The walks that were ended as they found no article. The same middleware reads them here."""
        return self.stretches.ended

    async def start(self) -> AsyncIterator[Any]:
        """Request the pages that earlier runs left pending, then the seeds."""
        self.began = self.now()
        self.due_revisits.reserve_budget()
        if self.site.assets != "none":  # connected here, behind the handlers of all platforms
            self.crawler.signals.connect(self.asset_requests.request_wanted, signal=signals.spider_idle)
        for kind in PENDING:
            for page in each_pending(self.frontier, kind):
                if kind == "article" and not self.has_room():
                    break
                # Pages that this run makes pending may be in a later batch; it has requested them already.
                for request in self.resume(page) if not self.has_seen(page.url) else ():
                    yield request
        for request in self.seeds():
            yield request

    def has_room(self) -> bool:
        """Whether another pending article may wait in memory."""
        return self.wants_more()

    def resume(self, page: Found) -> Iterator[Request]:
        """Request a page that an earlier run left pending."""
        if page.kind == "article":
            if self.wants_more() and self.is_recent(page.url):
                yield self.article_request(page.url)
        elif page.kind in ("listing", "backlog"):  # other channels' lists need a spider that parses them
            yield self.listing_request(page.url, backlog=page.kind == "backlog")

    def now(self) -> datetime:
        """The time by the run's clock: aware UTC."""
        return self.context.clock() if self.context is not None else datetime.now(UTC)

    def wants_more(self) -> bool:
        """False once --max-articles articles are scheduled, or --max-requests requests are sent."""
        limit = self.options.max_articles
        return not self.budget.is_exhausted and (limit is None or self.statistics.scheduled < limit)

    def is_ours(self, url: str) -> bool:
        """Whether the URL is on this site's host or a subdomain of it."""
        return self.site.owns(url)

    def list_rules(self) -> ListRules:
        """The rules for reading feeds, sitemaps and REST lists at the present time."""
        return ListRules.of(self.site, self.now())

    def is_recent(self, url: str) -> bool:
        """False when the URL's own date is outside of --since and --to; True inside, and without a date."""
        since, until, day = self.options.since, self.options.until, day_of(url)
        if day is None:
            return True
        # A day's grace: the URL's day is local, and may differ from the UTC day by a time zone.
        return (since is None or (day - since).days >= -1) and (until is None or (day - until).days <= 1)

    def note_answer(self) -> None:
        """Handler of Scrapy's signal response_received: record the time of the site's last response."""
        self.statistics.answered_at = time.monotonic()

    def note_item(self, item: Any) -> None:
        """Handler of Scrapy's signal item_scraped: count it for its walk, and record if it is recent, for --since."""
        self.stretches.note(item, self.frontier)
        self.validator_checks.note(item)
        if self.options.since is None or not isinstance(item, Fetched) or item.listing is None:
            return
        article = item.extraction.article if item.extraction else None
        if article is not None and article.published_at is not None:
            recent = article.published_at.date() >= self.options.since
            self._recent[item.listing] = recent or self._recent.get(item.listing, False)

    def is_past_since(self, listing: str | None) -> bool:
        """Whether all articles of that listing with a known date are older than --since."""
        return listing is not None and not self._recent.get(listing, True)

    def mark_seen(self, url: str) -> bool:
        """True the first time that this run meets the page, in any spelling of its URL."""
        return self._seen.add(key_number(url))

    def has_seen(self, url: str) -> bool:
        """Whether this run has met the page."""
        return key_number(url) in self._seen

    def article_request(self, url: str, listing: str | None = None, *, revisit: bool = False) -> Request:
        """A request for an article page, which is marked as seen and counted. revisit: counts against their budget."""
        self.mark_seen(url)
        self.statistics.scheduled += 1
        request = self.page_request(url, self.parse_article, "article", priority=ARTICLE_PRIORITY, listing=listing)
        walk = None if revisit else self.stretches.add_article(url, listing)
        request.meta.update(self.validator_checks.meta_of(url, revisit=revisit), revisit=revisit, walk=walk)
        return request

    def listing_request(
        self,
        url: str,
        *,
        backlog: bool,
        page: int = 1,
        previous: str | None = None,
        seen: NumberSet | None = None,
    ) -> Request:
        """A request for a listing page.

        backlog: the walk continues past known articles. page: its number in the walk, from 1. previous: URL of the
        page before it. seen: key numbers of the articles that the pages before it listed, to which its own
        are added.
        """
        kind: Kind = "backlog" if backlog else "listing"
        request = self.page_request(
            url, self.parse_listing, kind, backlog=backlog, page=page, previous=previous, seen=seen
        )
        request.meta["walk"] = self.stretches.walk_of(previous or url)
        return request

    def page_request(
        self, url: str, callback: Any, kind: Kind, *, priority: int = LISTING_PRIORITY, **arguments: Any
    ) -> Request:
        """A request for a page of any kind. arguments: the callback's."""
        return Request(
            url,
            callback=callback,
            errback=self.missed,
            cb_kwargs=arguments,
            meta={"kind": kind},
            priority=priority,
            dont_filter=True,  # `mark_seen` is the filter; it knows more spellings of a URL than Scrapy's fingerprints
        )

    def parse_article(self, response: Response, listing: str | None = None) -> Iterator[Any]:
        """Yield the item of one article page."""
        if response.status == 304:
            yield from self.validator_checks.unchanged(response, listing)
            return
        for item in self.page_item(response, "article", listing=listing):
            yield from follow_parts(self, response, item) if isinstance(item, Fetched) else (item,)

    def page_item(
        self,
        response: Response,
        kind: Kind,
        *,
        new_pages: Iterable[Found] = (),
        links: int | None = None,
        listing: str | None = None,
        channel: Channel | None = None,
        discoveries: Iterable[Discovery] = (),
    ) -> Iterator[Any]:
        """Yield the item for this response: a Fetched, or a Missed if it was redirected to another site.

        A feed, sitemap or API may be on any host, since only links to the site's own pages are used.
        """
        if "walk" in response.meta and kind != "article":
            self.stretches.add_listing(response.url, response.meta["walk"])
        if kind in ("rest", "feed", "sitemap") or self.is_ours(response.url):
            capture = capture_of(response, self.site.name, self.now())
            yield Fetched(capture, kind, tuple(new_pages), links, listing, channel, tuple(discoveries))
        else:
            detail = led_elsewhere(response.url)
            yield Missed(requested_url(response), kind, Reason.REFUSED, retry=False, detail=detail)

    def missed(self, failure: Failure) -> Iterator[Missed]:
        """Errback: yield a Missed with the reason; nothing if the request was not sent, as the budget was exhausted."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        kind: Kind = request.meta.get("kind", "listing")
        url = request.meta.get("redirect_urls", [request.url])[0]
        if isinstance(error, OverBudget):
            if isinstance(error, WalkEnded) and kind in ("listing", "backlog"):  # else the next run would resume it
                yield Missed(url, kind, Reason.TRAP, retry=False, detail=message_of(error))
            return
        reason, retry, requested = Reason.UNREACHABLE, True, True
        if isinstance(error, Refused):
            # With retry, the whole host is not requested in this run, or its robots.txt could not be fetched. After an
            # outage of three runs, the host's pages must not count as lost.
            reason, retry, requested = error.reason, error.retry, not error.retry
        elif isinstance(error, IgnoreRequest):  # Scrapy's own: too many redirects
            reason, retry = Reason.HTTP_ERROR, False
        yield Missed(url, kind, reason, retry, message_of(error), requested)
