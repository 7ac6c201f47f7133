"""Fetching of single pages outside of a crawl, by its rules: robots.txt, address checks, size limits, user agent."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from crawler.http.browser import require_browser
from crawler.http.refusals import Refused
from crawler.platforms.base import SiteSpider
from crawler.platforms.responses import capture_of
from crawler.runs.crawls import CrawlJob, project_settings
from crawler.site import Site
from storage.errors import PageError, SiteError
from storage.messages import message
from storage.records import Capture, Reason

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A URL without a capture: the request was refused, or the network failed. detail: a message for people."""

    url: str
    reason: Reason
    detail: str


Fetch = Callable[[str], Awaitable[Capture | NoAnswer]]
Work = Callable[[Fetch], Awaitable[Result]]


def fetch_sites(
    jobs: Sequence[tuple[Site, Work[Result]]],
    *,
    allow_hosts: tuple[str, ...] = (),
    settings: dict[str, Any] | None = None,
) -> list[Result | Exception]:
    """Run each `work` with a function that GETs one URL by the rules of a crawl of its site. Works once in a process.

    That function returns a capture for every HTTP status, and NoAnswer instead of raising. settings: override the
    project's Scrapy settings. Returns, in the order of the jobs, the result or exception of each `work`, or SiteError
    if it was stopped before its end. Raises UsageError if a site needs a browser and none is installed.
    """
    for site, _work in jobs:
        if site.browser:
            require_browser(site.name)
    stopped = [SiteError(message("{url}: stopped before an answer came", url=site.home)) for site, _work in jobs]
    results: list[Result | Exception] = [*stopped]
    overrides = {"ITEM_PIPELINES": {}, "DOWNLOAD_DELAY": 0, **(settings or {})}
    spiders = [_fetcher(site, work, results, index) for index, (site, work) in enumerate(jobs)]
    process = AsyncCrawlerProcess(
        project_settings(CrawlJob(spiders, Path(), allow_hosts=allow_hosts, overrides=overrides))
    )
    for spider in spiders:
        process.crawl(spider)
    process.start()
    return results


def _fetcher(site: Site, work: Work[Result], results: list[Result | Exception], index: int) -> type[SiteSpider]:
    class Fetcher(SiteSpider):
        async def start(self) -> AsyncIterator[Any]:
            try:
                results[index] = await work(self.fetch)
            except Exception as error:  # carried out of the reactor, for the caller to raise
                results[index] = error
            return
            yield  # makes this the generator that Scrapy expects

        async def fetch(self, url: str) -> Capture | NoAnswer:
            try:
                # Inside of the try block: Request raises on a URL without a scheme, which may come from a page.
                request = Request(url, callback=NO_CALLBACK, meta={"kind": "article"}, dont_filter=True)
                if self.crawler.engine is None:
                    raise RuntimeError("a request was made before the engine")
                return capture_of(await self.crawler.engine.download_async(request), site.name, self.now())
            except Refused as refused:
                return NoAnswer(url, refused.reason, str(refused))
            except IgnoreRequest as error:  # raised by Scrapy: too many redirects
                return NoAnswer(url, Reason.HTTP_ERROR, str(error) or type(error).__name__)
            except Exception as error:  # any network error, or a malformed URL
                return NoAnswer(url, Reason.UNREACHABLE, str(error) or type(error).__name__)

    Fetcher.site, Fetcher.name = site, site.name
    return Fetcher


def fetch_one(url: str, site: Site, *, allow_hosts: tuple[str, ...] = ()) -> Capture:
    """GET one URL. Works once in a process. Raises PageError with the cause."""

    async def one(fetch: Fetch) -> Capture | NoAnswer:
        return await fetch(url)

    (answer,) = fetch_sites([(site, one)], allow_hosts=allow_hosts)
    if isinstance(answer, Exception):
        raise answer
    if isinstance(answer, NoAnswer):
        raise PageError(f"cannot fetch {url}: {answer.detail}")
    return answer
