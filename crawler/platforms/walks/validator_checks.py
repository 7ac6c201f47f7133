"""Checks whether a server's 304 can be trusted: some servers answer 304 to every conditional request.

As a check, some revisits send validators that fit no version of any page. If the server answers 304, its validators are
false, and the page is requested again without any. If it returns the page, and the text has changed, the page's
validators must have changed, too. A host whose validators were found false gets none from then on.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Protocol

from scrapy import Request
from scrapy.http import Response

from crawler.platforms.items import Fetched, NotModified
from crawler.platforms.responses import capture_of, requested_url
from crawler.platforms.run_statistics import RunStatistics
from crawler.platforms.spider_context import Frontier
from storage.messages import message
from storage.urls import key_number, url_host

TRUSTED_AFTER = 3  # checks of a host; until then, each revisit with validators is a check
ONE_IN = 20  # one in so many later revisits is a check
_NO_ETAG, _NO_DATE = '"no-such-version"', "Thu, 01 Jan 1970 00:00:00 GMT"  # RFC 9110 §13.1.2 and §13.1.3


class CheckingSpider(Protocol):
    """The part of a spider that checks use."""

    frontier: Frontier
    statistics: RunStatistics

    def now(self) -> datetime:
        """The time by the run's clock."""

    def article_request(self, url: str, listing: str | None = None, *, revisit: bool = False) -> Request:
        """A request for an article page."""


class ValidatorChecks:
    """The checks of one run."""

    def __init__(self, spider: CheckingSpider) -> None:
        self._spider = spider
        self._sent: dict[int, tuple[str | None, str | None]] = {}  # by key number: the page's own validators
        self._false: set[str] = set()  # hosts
        self._to_ask: set[str] = set()  # of those, the ones whose unchanged pages are still to be made due
        self._unchanged: set[int] = set()  # key numbers of the pages that answered 304 in this run

    def meta_of(self, url: str, *, revisit: bool) -> dict[str, Any]:
        """The meta of a request for an article: the validators to send, and whether they are a check."""
        known = self._spider.frontier.validators(url)
        if not revisit or known == (None, None) or not self._is_due(url):
            return {"validators": known}
        self._sent[key_number(url)] = known
        etag, changed = known
        return {"validators": (etag and _NO_ETAG, changed and _NO_DATE), "is_check": True}

    def is_false(self, url: str) -> bool:
        """Whether this run found that the validators of the URL's host are false."""
        return url_host(url) in self._false

    def unchanged(self, response: Response, listing: str | None) -> Iterator[Any]:
        """Handle a 304: yield a NotModified, or a request without validators if the 304 can't be trusted."""
        spider, url = self._spider, requested_url(response)
        if not response.meta.get("is_check") and not self.is_false(response.url):
            self._unchanged.add(key_number(url))
            yield NotModified(url, "article", capture_of(response, spider.statistics.site, spider.now()))
            return
        self._sent.pop(key_number(url), None)
        self._refute(response.url)
        request = spider.article_request(url, listing, revisit=bool(response.meta.get("revisit")))
        request.meta.update(validators=(None, None), is_check=False)
        yield request

    def ask_again(self) -> None:
        """Make due the pages that answered 304 to their last request, for each host that this run found false."""
        while self._to_ask:
            self._spider.frontier.ask_unchanged(self._to_ask.pop())

    def asks_again(self, url: str) -> bool:
        """Whether the page must be requested once more in this run; True once for each page."""
        if not self.is_false(url) or key_number(url) not in self._unchanged:
            return False
        self._unchanged.remove(key_number(url))
        return True

    def note(self, item: Any) -> None:
        """Judge a check whose page was returned and saved."""
        if not isinstance(item, Fetched) or item.kind != "article":
            return
        capture = item.capture
        before = self._sent.pop(key_number(capture.requested_url or capture.url), None)
        if before is None or item.saved is None:
            return
        etag, changed = before
        is_same = capture.header("ETag") == etag if etag else capture.header("Last-Modified") == changed
        if is_same and item.saved.change == "changed":
            self._refute(capture.url)
        else:
            self._spider.frontier.note_check(capture.url, agrees=True)

    def _is_due(self, url: str) -> bool:
        host = url_host(url)
        if self._spider.frontier.checks_of(url) + len(self._sent) < TRUSTED_AFTER:
            return host not in self._false
        hours = int(self._spider.now().timestamp() // 3600)
        return (key_number(url) + hours) % ONE_IN == 0

    def _refute(self, url: str) -> None:
        host, run = url_host(url), self._spider.statistics
        if host in self._false:
            return
        self._false.add(host)
        self._to_ask.add(host)
        self._spider.frontier.note_check(url, agrees=False)
        run.false_validators.append(host)
        run.note(message("{host} says that pages are unchanged which are not: it is asked for whole pages", host=host))
