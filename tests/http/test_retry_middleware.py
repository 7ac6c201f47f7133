"""What the crawl does after an answer that refuses or fails. Crawls that meet such hosts: tests/faults/test_refusals.py."""

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from crawler.http.refusals import GivenUp
from crawler.http.retry_after import RetryAfterMiddleware

PAGE = "https://news.example/politics/1"
BACKOFF_S, MOST_S, MOST_FAILURES = 5, 60, 3


class Host:
    """A host and its download slot, behind the middleware."""

    def __init__(self) -> None:
        settings = {"WARRAQ_BACKOFF_S": BACKOFF_S, "WARRAQ_MAX_WAIT_S": MOST_S, "WARRAQ_MAX_FAILURES": MOST_FAILURES}
        crawler = get_crawler(settings_dict=settings)
        self.slot = SimpleNamespace(delay=0.0, lastseen=0.0, queue=[])
        downloader = SimpleNamespace(get_slot_key=lambda request: "news.example", slots={"news.example": self.slot})
        crawler.engine = SimpleNamespace(downloader=downloader, spider=None)
        crawler.spider = SimpleNamespace(crawler=crawler)
        self.stats = crawler.stats
        self.middleware = RetryAfterMiddleware(crawler)

    def answer(self, status: int, *, headers: dict[str, str] | None = None, **meta: Any) -> Request | Response:
        """Let the host answer a request. Raises GivenUp when it is to be left alone."""
        request, response = Request(PAGE, meta=meta), Response(PAGE, status=status, headers=headers)
        self.middleware.answered(response, request)
        self.middleware.hosts.check("news.example", PAGE)
        return self.middleware.process_response(request, response)

    @property
    def waited_s(self) -> float:
        return self.stats.get_value("warraq/wait_s", 0)


@pytest.mark.parametrize(("status", "headers"), [(403, None), (200, {"cf-mitigated": "challenge"})])
def test_a_host_that_refuses_page_after_page_is_left_alone_and_none_is_retried(
    status: int, headers: dict[str, str] | None
) -> None:
    host = Host()
    for _ in range(MOST_FAILURES - 1):
        assert isinstance(host.answer(status, headers=headers), Response)
    with pytest.raises(GivenUp):
        host.answer(status, headers=headers)
    assert host.stats.get_value("warraq/refused_by_host") == 1
    assert host.waited_s == 0


def test_an_answer_between_refusals_begins_the_count_anew() -> None:
    host = Host()
    for status in (403, 403, 200, 403, 403):
        assert isinstance(host.answer(status), Response)


def test_a_failing_page_is_requested_again_after_a_wait_unless_it_is_not_to_be() -> None:
    host = Host()
    assert isinstance(host.answer(503), Request)
    assert (host.waited_s, host.slot.delay) == (BACKOFF_S, 0.001)
    assert isinstance(host.answer(503, retry_times=1), Request)
    assert host.waited_s == BACKOFF_S * (1 + 4)
    assert isinstance(Host().answer(503, dont_retry=True), Response)


@pytest.mark.parametrize("seconds", [0, 1, MOST_S])
def test_the_time_that_a_host_names_is_waited(seconds: int) -> None:
    host = Host()
    assert isinstance(host.answer(503, headers={"Retry-After": str(seconds)}), Request)
    assert host.waited_s == seconds


def test_a_host_that_names_a_longer_time_is_left_to_the_next_run() -> None:
    host = Host()
    with pytest.raises(GivenUp):
        host.answer(503, headers={"Retry-After": str(MOST_S + 1)})
    assert host.stats.get_value("warraq/deferred") == 1
