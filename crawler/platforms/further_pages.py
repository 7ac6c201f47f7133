"""Articles that are split into several pages: the further pages are fetched one by one, and archived with the first."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar, Protocol

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.http.budget import RequestBudget
from crawler.parts.part_links import MOST_PARTS, first_part, further_parts, may_have_parts
from crawler.platforms.items import Fetched
from crawler.platforms.responses import capture_of, root_of
from crawler.platforms.spider_context import Frontier
from crawler.site import Site
from storage.records import Capture, Found, Kind
from storage.urls import url_key

_PRIORITY = 20  # before other articles: the first page waits for its parts


class PartsSpider(Protocol):
    """The part of a spider that is used to follow further pages."""

    frontier: Frontier
    site: ClassVar[Site]

    @property
    def budget(self) -> RequestBudget:
        """The run's budget of requests."""

    def is_ours(self, url: str) -> bool:
        """Whether the URL is on this site."""

    def has_seen(self, url: str) -> bool:
        """Whether this run has met that page."""

    def mark_seen(self, url: str) -> bool:
        """True the first time that this run meets the page."""

    def wants_more(self) -> bool:
        """Whether the run's limits allow another article."""

    def now(self) -> datetime:
        """The time by the run's clock: aware UTC."""

    def article_request(self, url: str, listing: str | None = None) -> Request:
        """A request for an article page."""

    def page_request(self, url: str, callback: Any, kind: Kind, *, priority: int, **arguments: Any) -> Request:
        """A request for a page of any kind."""


@dataclass(slots=True)
class _PartsWalk:
    """State of one article. item: the first page's. asked: keys of the requested parts. waiting: URLs of the others."""

    item: Fetched
    asked: set[str] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)

    def add(self, urls: tuple[str, ...]) -> None:
        known = self.asked | {url_key(url) for url in self.waiting}
        self.waiting += [url for url in urls if url_key(url) not in known]


def follow_parts(spider: PartsSpider, response: Response, item: Fetched) -> Iterator[Any]:
    """Yield the item of an article's page; if it has further pages, request these first and yield the item after them.

    For a page that is itself a further part, yield the item and request the article's first page, which it links to.
    """
    root = root_of(response) if may_have_parts(response.body, response.url) else None
    first = first_part(root, response.url) if root is not None else None
    if first is not None and spider.is_ours(first):
        item.new_pages = (*item.new_pages, Found(first, "article"))
        yield item
        if spider.frontier.unknown([first]) and not spider.has_seen(first) and spider.wants_more():
            yield spider.article_request(first, item.listing)
        return
    walk = _PartsWalk(item)
    if root is not None:
        walk.add(further_parts(root, response.url))
    yield from _next_part(spider, walk)


def _next_part(spider: PartsSpider, walk: _PartsWalk) -> Iterator[Any]:
    """Yield the request for the next part, or the item if no part is left."""
    while walk.waiting and len(walk.asked) < MOST_PARTS:
        url = walk.waiting.pop(0)
        walk.asked.add(url_key(url))
        spider.mark_seen(url)
        if not spider.is_ours(url) or spider.budget.is_exhausted:
            continue
        request = spider.page_request(url, _part_callback(spider), "part", priority=_PRIORITY, walk=walk)
        yield request.replace(errback=_failure_callback(spider, walk))
        return
    yield replace(walk.item, parts=tuple(walk.captures))


def _part_callback(spider: PartsSpider) -> Any:
    def parse_part(response: Response, walk: _PartsWalk) -> Iterator[Any]:
        """Add a part to the article, unless it was redirected to another page; then go on."""
        root = root_of(response)
        if root is not None and url_key(response.url) in walk.asked:
            walk.captures.append(capture_of(response, spider.site.name, spider.now()))
            walk.add(further_parts(root, response.url, first=walk.item.capture.url))
        yield from _next_part(spider, walk)

    return parse_part


def _failure_callback(spider: PartsSpider, walk: _PartsWalk) -> Any:
    def skip_part(_failure: Failure) -> Iterator[Any]:
        """Go on without a part that did not answer: the article is then partial."""
        yield from _next_part(spider, walk)

    return skip_part
