"""What the crawl does with the robots.txt of an origin. Crawls that meet such files: tests/faults/test_refusals.py."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import StopDownload
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from crawler.http.refusals import Forbidden
from crawler.http.robots import MAX_BYTES, RobotsMiddleware

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGE, ROBOTS = "https://news.example/politics/1", "https://news.example/robots.txt"


class Host:
    """A host that answers robots.txt, before an engine that notes what is requested."""

    def __init__(self, folder: Path, text: str, status: int = 200) -> None:
        self.asked: list[str] = []
        self.slot = SimpleNamespace(delay=1.0, jitter=0.5)
        self.downloader = SimpleNamespace(
            get_slot_key=lambda request: "news.example",
            per_slot_settings={},
            settings=Settings({"DOWNLOAD_DELAY": 1}),
            slots={"news.example": self.slot},
        )
        crawler = get_crawler(
            settings_dict={
                "ROBOTSTXT_OBEY": True,
                "ROBOTSTXT_USER_AGENT": "Warraq",
                "WARRAQ_ARCHIVE": str(folder),
                "WARRAQ_MAX_CRAWL_DELAY_S": 30,
            }
        )
        crawler.spider = SimpleNamespace(now=lambda: NOW, frontier=None)
        crawler.engine = SimpleNamespace(download_async=self.answer, downloader=self.downloader)
        self.body, self.status = text.encode(), status
        self.middleware = RobotsMiddleware(crawler)

    async def answer(self, request: Request) -> Response:
        self.asked.append(request.url)
        return Response(request.url, status=self.status, body=self.body)

    def ask(self, url: str) -> None:
        asyncio.run(self.middleware.process_request(Request(url)))


@pytest.mark.parametrize(("status", "is_kept"), [(200, True), (404, True), (429, False), (500, False)])
def test_an_answer_is_kept_for_the_next_run_unless_it_could_not_be_read(
    tmp_path: Path, status: int, is_kept: bool
) -> None:
    first, second = Host(tmp_path, "", status), Host(tmp_path, "", status)
    for host in (first, second):
        if is_kept:
            host.ask(PAGE)
        else:
            with pytest.raises(Forbidden):
                host.ask(PAGE)
    assert (first.asked, second.asked) == ([ROBOTS], [] if is_kept else [ROBOTS])


def test_what_it_forbids_is_not_requested_and_its_file_is_requested_once(tmp_path: Path) -> None:
    host = Host(tmp_path, "User-agent: *\nDisallow: /private\n")
    host.ask(PAGE)
    with pytest.raises(Forbidden):
        host.ask("https://news.example/private/1")
    assert host.asked == [ROBOTS]


@pytest.mark.parametrize(("set_s", "asked_s", "kept_s"), [(1, "", 1), (1, "5", 5), (8, "5", 8), (1, "86400", 30)])
def test_a_delay_that_the_file_asks_for_makes_none_shorter(
    tmp_path: Path, set_s: int, asked_s: str, kept_s: int
) -> None:
    host = Host(tmp_path, f"User-agent: *\nCrawl-delay: {asked_s}\n" if asked_s else "")
    host.slot.delay = set_s
    host.ask(PAGE)
    assert host.slot.delay == kept_s
    assert host.slot.jitter == (0.5 if kept_s == set_s else 0.0)


def test_a_delay_of_the_run_that_is_longer_stays(tmp_path: Path) -> None:
    host = Host(tmp_path, "User-agent: *\nCrawl-delay: 5\n")
    host.downloader.settings = Settings({"DOWNLOAD_DELAY": 8})
    host.slot.delay = 8.0
    host.ask(PAGE)
    assert (host.slot.delay, host.downloader.per_slot_settings["news.example"].get("delay")) == (8.0, None)


def test_a_file_is_received_up_to_the_byte_that_shows_that_it_goes_on(tmp_path: Path) -> None:
    middleware = Host(tmp_path, "").middleware
    request = Request(ROBOTS, meta={"robots_received": 7})  # of an answer that redirected
    middleware.begin_to_count(request)
    middleware.stop_after_enough(b"#" * MAX_BYTES, request)
    with pytest.raises(StopDownload):
        middleware.stop_after_enough(b"#", request)
