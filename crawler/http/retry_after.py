"""Retries: wait as long as Retry-After says, or back off, and give up a host that keeps failing."""

import logging
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import inf
from time import monotonic
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.http.crawl_stats import stats_of
from crawler.http.failing_hosts import GIVEN_UP, Hosts
from crawler.http.refusals import GivenUp, not_fetched
from storage.messages import message

log = logging.getLogger(__name__)

REFUSING = frozenset((401, 403, 451))  # the server refuses us, so a retry in this run is useless


def parse_retry_after(value: str, *, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header: whole seconds or an HTTP date (RFC 9110 §10.2.3).

    now: aware. 0 for a date that has passed; None if the value is neither. Never raises.
    """
    value = value.strip()
    if re.fullmatch(r"[0-9]+", value):
        return float(value) if len(value) <= 12 else inf
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if when.tzinfo is None:  # "-0000" of the mail format, which in HTTP means GMT
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


class RetryAfterMiddleware(RetryMiddleware):
    """Scrapy's retry middleware with a wait before each retry.

    A failure pauses its host's download slot, not other hosts: as long as Retry-After says, else for WARRAQ_BACKOFF_S
    seconds, and four times that at the next retry. When Retry-After exceeds WARRAQ_MAX_WAIT_S, or after
    WARRAQ_MAX_FAILURES failures or refusals in a row, the host is given up for the run: its remaining requests fail
    with GivenUp.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler.settings)
        self.crawler = crawler
        self.stats = stats_of(crawler)
        self.max_wait_s = crawler.settings.getfloat("WARRAQ_MAX_WAIT_S")
        self.backoff_s = crawler.settings.getfloat("WARRAQ_BACKOFF_S")
        self.hosts = Hosts(limit=crawler.settings.getint("WARRAQ_MAX_FAILURES"))
        # The signal is sent before the slot's next request; process_response would be called too late.
        crawler.signals.connect(self.answered, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the retry settings of Scrapy and the WARRAQ_ ones above."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise GivenUp if the request's host is given up."""
        self.hosts.check(self._host(request), request.url)

    def answered(self, response: Response, request: Request, **_: Any) -> None:
        """Signal handler: count the response; pause or give up its host before the next request to it."""
        host = self._host(request)
        if response.status in REFUSING or response.headers.get("cf-mitigated"):
            # A host that refuses ten pages in a row would refuse the others, too; they are not requested.
            if self.hosts.failed(host, f"HTTP {response.status}"):
                self._abandon_host(request, "warraq/refused_by_host")
            return
        if response.status not in self.retry_http_codes:
            self.hosts.succeeded(host)
            return
        retry_after_s = parse_retry_after(
            (response.headers.get("Retry-After") or b"").decode("latin-1"), now=datetime.now(UTC)
        )
        if retry_after_s is not None and retry_after_s > self.max_wait_s:
            if self.hosts.give_up(host, f"HTTP {response.status}, Retry-After {retry_after_s:.0f} s"):
                self._abandon_host(request, "warraq/deferred")
            return
        self._failed(request, f"HTTP {response.status}", retry_after_s)

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """The response, or the request to send again. Raises GivenUp if the host is given up."""
        if request.meta.get("dont_retry") or response.status not in self.retry_http_codes:
            return response
        self.hosts.check(self._host(request), request.url)
        return self._retry(request, f"HTTP {response.status}") or response

    def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception
    ) -> Request | None:
        """The request to send again if the network failed; None for other exceptions, and after the last retry."""
        if not isinstance(exception, self.exceptions_to_retry) or request.meta.get("dont_retry"):
            return None
        self._failed(request, type(exception).__name__, None)
        self.hosts.check(self._host(request), request.url)
        return self._retry(request, exception)

    def _failed(self, request: Request, what: str, retry_after_s: float | None) -> None:
        host = self._host(request)
        if self.hosts.failed(host, what):
            self._abandon_host(request, "warraq/circuit_open")
            return
        wait_s = (
            retry_after_s if retry_after_s is not None else self.backoff_s * 4 ** request.meta.get("retry_times", 0)
        )
        self._pause(host, min(wait_s, self.max_wait_s))

    def _host(self, request: Request) -> str:
        engine = self.crawler.engine
        if engine is None:
            raise RuntimeError("a request was made before the engine")
        return engine.downloader.get_slot_key(request)

    def _pause(self, host: str, wait_s: float) -> None:
        """Send nothing to the host for wait_s seconds: Scrapy counts a slot's delay from its `lastseen`."""
        slot = self.crawler.engine.downloader.slots.get(host) if self.crawler.engine else None
        if slot is not None and wait_s > 0:
            slot.lastseen = max(slot.lastseen, monotonic() + wait_s)
            slot.delay = slot.delay or 0.001  # Scrapy ignores lastseen in a slot without a delay
            self.stats.inc_value("warraq/waits")
            self.stats.inc_value("warraq/wait_s", wait_s)  # type: ignore[arg-type]

    def _abandon_host(self, request: Request, stat: str) -> None:
        """Log that the host of a request is given up, and fail the requests that wait in its slot."""
        host = self._host(request)
        why = self.hosts.given_up[host]
        log.warning("%s is left alone for the rest of the run: %s", host, why)
        self.stats.inc_value(stat)
        if request.meta.get("kind") != "asset":  # a run without some pictures is complete nevertheless
            self.stats.set_value(f"{GIVEN_UP}{host}", why)
        slot = self.crawler.engine.downloader.slots.get(host) if self.crawler.engine else None
        while slot is not None and slot.queue:
            request, waiting = slot.queue.popleft()
            left = message("{host!s} is left alone ({why})", host=host, why=why)
            error = GivenUp(not_fetched(request.url, left))
            waiting.errback(Failure(error))  # type: ignore[no-untyped-call]
