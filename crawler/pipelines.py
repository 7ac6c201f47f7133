"""From a fetched page to the archive: bytes first, then reading, then one transaction.

The pipeline opens the archive and the run with the spider and closes them with it, so that `scrapy crawl NAME`
keeps what it finds just as `warraq crawl NAME` does.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.locks import SiteLock
from crawler.platforms.base import Fetched, Missed, SiteSpider, Unchanged
from crawler.reading import ReadingPool
from storage.archive import Archive
from storage.errors import ArchiveError
from storage.records import Found, Reading, Reason

MOST_VISITS = 200  # second looks a run; what is left over is first in the next


class ArchiveLedger:
    """The ledger that spiders ask (crawler.platforms.base.Ledger), answered from the archive's pages."""

    def __init__(self, desk: "Desk", site: str) -> None:
        self._archive = desk.archive
        self._clock = desk.clock
        self._site = site

    def unknown(self, urls: Iterable[str]) -> list[str]:
        """Those that no run has found yet."""
        return self._archive.unknown(self._site, list(urls))

    def pending(self) -> list[Found]:
        """What earlier runs left unfetched."""
        return self._archive.pending(self._site)

    def promise(self, found: Iterable[Found]) -> None:
        """Note as pending."""
        self._archive.promise(self._site, list(found), now=self._clock())

    def due(self) -> list[str]:
        """Articles whose next visit has come."""
        return self._archive.due(self._site, now=self._clock(), limit=MOST_VISITS)

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of the last answer."""
        return self._archive.validators(url)


def real_time() -> datetime:
    """Aware UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Desk:
    """What the crawls of one command share: where pages are kept, who reads them, what time it is."""

    archive: Archive
    pool: ReadingPool
    clock: Callable[[], datetime] = real_time


class ArchivePipeline:
    """Keeps every page of one spider's run.

    `warraq crawl` gives the spider a desk and holds its lock; a plain `scrapy crawl` gives none, and the pipeline
    makes its own from the settings WARRAQ_ARCHIVE and WARRAQ_DB.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._releases: list[Callable[[], None]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a pipeline. None where no run is made: in `scrapy shell` (the only KEEP_ALIVE)."""
        if not issubclass(crawler.spidercls, SiteSpider) or crawler.settings.getbool("KEEP_ALIVE"):
            raise NotConfigured("only the crawl of a site is kept")
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.spider_closed, signal=signals.spider_closed)
        return pipeline

    def open_spider(self) -> None:
        """Begin the run."""
        spider, site = self._spider(), self._spider().site
        desk = spider.desk if isinstance(spider.desk, Desk) else self._own_desk(site.name)
        self._archive, self._pool, self._clock = desk.archive, desk.pool, desk.clock
        self._archive.add_site(
            site.name, home=site.home, title=site.title, country=site.country, timezone=site.timezone
        )
        self._run_id = spider.outcome.run_id = self._archive.start_run(site.name, now=self._clock())
        spider.ledger = ArchiveLedger(desk, site.name)

    def _own_desk(self, site: str) -> Desk:
        folder = Path(self._crawler.settings["WARRAQ_ARCHIVE"])
        self._releases.append(SiteLock(folder, site).acquire().release)
        desk = Desk(Archive.open(folder, self._crawler.settings["WARRAQ_DB"]), ReadingPool())
        self._releases += [desk.archive.close, desk.pool.close]
        return desk

    async def process_item(self, item: Any) -> Any:
        """Keep one page. An archive that refuses ends the crawl: going on would lose what it fetches."""
        spider = self._spider()
        try:
            if spider.outcome.archive_error is not None:
                return item
            if isinstance(item, Fetched):
                await self._keep(item)
            elif isinstance(item, Unchanged):
                self._archive.touch(item.url, run_id=self._run_id, now=self._clock())
                spider.outcome.same += item.kind == "article"
            elif isinstance(item, Missed):
                self._miss(item)
        except ArchiveError as error:
            spider.outcome.archive_error = str(error)
            if self._crawler.engine is not None:
                # Not awaited: closing waits for this very item.
                self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="archive"))
        return item

    async def _keep(self, item: Fetched) -> None:
        spider = self._spider()
        position = self._archive.append(item.capture, self._run_id)
        if item.kind == "article":
            item.reading = await self._pool.read(item.capture, spider.site)
        else:
            item.reading = Reading(reason=_listing_reason(item.capture.status))
        reading = item.reading
        item.saved = tuple(
            self._archive.save(
                item.capture,
                position,
                run_id=self._run_id,
                kind=item.kind,
                articles=reading.articles,
                reason=reading.reason,
                found=item.found,
                now=self._clock(),
            )
        )
        spider.outcome.count(item.saved)
        if reading.reason is not None:
            self._count(reading.reason, f"{item.capture.url}: {reading.evidence.get('error', item.capture.status)}")

    def _miss(self, item: Missed) -> None:
        self._count(item.reason, f"{item.url}: {item.detail}")
        self._archive.fail(
            item.url,
            site=self._spider().site.name,
            kind=item.kind,
            reason=item.reason,
            run_id=self._run_id,
            now=self._clock(),
            retry=item.retry,
        )

    def _count(self, reason: Reason, detail: str) -> None:
        self._spider().outcome.miss(reason, detail)

    def spider_closed(self, spider: SiteSpider, reason: str) -> None:
        """End the run with its verdict; let go what this pipeline took. After the last page, whatever happened."""
        outcome = spider.outcome
        stats = self._crawler.stats
        outcome.requests = int(stats.get_value("downloader/request_count", 0)) if stats else 0
        outcome.listings, outcome.links = spider.tally.listings, spider.tally.links
        outcome.notes += spider.tally.notes
        outcome.close(reason)
        try:
            self._archive.finish_run(
                self._run_id,
                status=outcome.status,
                now=self._clock(),
                requests=outcome.requests,
                message=outcome.message,
            )
        except ArchiveError as error:
            outcome.archive_error = outcome.archive_error or str(error)
        for release in reversed(self._releases):
            release()

    def _spider(self) -> SiteSpider:
        spider = self._crawler.spider
        if not isinstance(spider, SiteSpider):
            raise TypeError(f"{spider!r} is no SiteSpider: this project's pipeline keeps the pages of sites only")
        return spider


def _listing_reason(status: int) -> Reason | None:
    """None for a listing that answered: it was never meant to give an article."""
    if status < 400:
        return None
    return Reason.NOT_FOUND if status in (404, 410) else Reason.HTTP_ERROR
