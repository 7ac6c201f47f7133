"""Fetching and archiving of a single article page: a crawl of that page only, by all rules of a crawl."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from scrapy.http import Response

from crawler.platforms.base import SiteSpider
from crawler.platforms.items import Fetched, FetchedAsset, Missed, MissedAsset
from crawler.platforms.responses import content_type
from crawler.platforms.run_statistics import RunStatistics
from crawler.platforms.spider_context import Options
from crawler.platforms.walks.asset_requests import asset_item, asset_request
from crawler.runs.crawls import CrawlJob, crawl
from crawler.site import Site
from storage.records import Reason, RunKind, Saved
from storage.warc.writer import MAX_FILE_BYTES
from storage.web.captured.shown_pages import decoded, page_resources, style_resources

MOST_RESOURCES = 60  # pictures and style sheets of one page
_MOST_PAGES = 2  # a further page of an article makes the crawl request the first one, too


@dataclass(frozen=True, slots=True)
class SavedPage:
    """Result for the page. saved: its article; None if it has none; then `reason` says why. run: of this page only."""

    run: RunStatistics
    saved: Saved | None
    reason: str | None
    detail: str | None


def save_page(
    url: str,
    site: Site,
    folder: Path,
    db_url: str | None = None,
    *,
    with_pictures: bool = False,
    allow_hosts: tuple[str, ...] = (),
    warc_bytes: int = MAX_FILE_BYTES,
) -> SavedPage:
    """Fetch the page now, even if the archive has it, and archive it. Works once in a process. Raises as `crawl`.

    with_pictures: also archive its pictures and style sheets, from any public host. The run does not count as a crawl
    of the site: health and schedule ignore it. warc_bytes: at this size a new WARC file begins.
    """
    spider = _spider_of(url, site, with_pictures=with_pictures)
    options = Options(max_articles=_MOST_PAGES)
    job = CrawlJob([spider], folder, db_url, options, allow_hosts=allow_hosts, warc_bytes=warc_bytes)
    (run,) = crawl(job, quiet=True)
    for item in reversed(spider.pages):
        if isinstance(item, Fetched) and item.saved is not None:
            return SavedPage(run, item.saved, None, None)
    for item in spider.pages:
        if isinstance(item, Missed):
            return SavedPage(run, None, item.reason.value, item.detail)
        if isinstance(item, Fetched) and item.extraction is not None and item.extraction.reason is not None:
            reason = item.extraction.reason.value
            return SavedPage(run, None, reason, run.details.get(reason))
    reason = next(iter(run.reasons), Reason.UNREACHABLE.value)
    return SavedPage(run, None, reason, run.details.get(reason, run.message))


class _PageSpider(SiteSpider):
    """Requests one page and, with_pictures, its pictures and style sheets. pages: items of the page and its parts."""

    run_kind: ClassVar[RunKind] = "save"
    url: ClassVar[str]
    with_pictures: ClassVar[bool]
    pages: ClassVar[list[Any]]
    site = Site("page", "https://page.invalid/")

    async def start(self) -> AsyncIterator[Any]:
        """Request the page."""
        self.began = self.now()
        self.statistics.is_single_page = True
        self._resources: set[str] = set()
        request = self.article_request(self.url)
        request.meta["validators"] = (None, None)  # the response must be the page itself, not 304
        yield request

    def parse_article(self, response: Response, listing: str | None = None) -> Iterator[Any]:
        """Yield the page's item, and requests for its pictures and style sheets."""
        yield from super().parse_article(response, listing)
        if self.with_pictures and response.status == 200:
            charset = content_type(response).rpartition("charset=")[2].strip(" \"'") or None
            yield from self._request_resources(page_resources(response.body, response.url, charset).urls)

    def parse_resource(self, response: Response) -> Iterator[Any]:
        """Yield the item of a picture or style sheet, and requests for the files that the sheet loads."""
        item = asset_item(response, self.site, self.now(), self.url)
        yield item
        if isinstance(item, FetchedAsset) and content_type(response).lower().startswith("text/css"):
            yield from self._request_resources(style_resources(decoded(response.body, None), response.url))

    def note_item(self, item: Any) -> None:
        """Collect the items of the page and its parts."""
        super().note_item(item)
        if not isinstance(item, FetchedAsset | MissedAsset):
            self.pages.append(item)

    def _request_resources(self, urls: list[str]) -> Iterator[Any]:
        for url in urls:
            if len(self._resources) < MOST_RESOURCES and url not in self._resources and self.mark_seen(url):
                self._resources.add(url)
                yield asset_request(self, url, self.url).replace(callback=self.parse_resource)


def _spider_of(url: str, site: Site, *, with_pictures: bool) -> type[_PageSpider]:
    members = {"site": site, "url": url, "with_pictures": with_pictures, "pages": []}
    return type("PageSpider", (_PageSpider,), {**members, "__module__": __name__})
