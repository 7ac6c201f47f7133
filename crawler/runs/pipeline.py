"""Item pipeline that archives pages: first their bytes, then the extracted articles; the writer commits in groups.

`scrapy crawl NAME` archives pages as `warraq crawl NAME` does: archive and run are opened and closed with the spider.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.extract.refusals.empty_listings import of_listing
from crawler.http.failing_hosts import abandoned_hosts
from crawler.platforms.base import SiteSpider
from crawler.platforms.items import Fetched, FetchedAsset, Missed, MissedAsset, NotModified
from crawler.platforms.multi_channel import MultiChannelSpider
from crawler.platforms.run_statistics import RunStatistics
from crawler.profile.site_profile import SiteProfile
from crawler.runs.archive_refusals import WatchedFrontier, shorten_log
from crawler.runs.channel_report import record_channels
from crawler.runs.context import CrawlContext, own_context, start_workers
from crawler.runs.held_pages import HeldPages
from crawler.runs.kept_requests import KeptRequests
from crawler.runs.run_profile import RunProfile
from crawler.runs.summary import end_run, listings_json
from crawler.workers.unread_pages import UnreadPage, UnreadPages
from storage.errors import ArchiveError, TakenDown, UsageError
from storage.messages import message, words_of
from storage.records import Capture, Extraction, Origin, Position, Reason
from storage.saving import Listed
from storage.web.captured.article_assets import article_assets


class ArchivePipeline:
    """Archives every page of one spider's run.

    `warraq crawl` passes the spider a crawl context and holds the site's lock. A plain `scrapy crawl` passes none; then
    the pipeline opens its own from the settings WARRAQ_ARCHIVE and WARRAQ_DB.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._releases: list[Callable[[], None]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor. Raises NotConfigured in `scrapy shell`, the only command that sets KEEP_ALIVE."""
        if not issubclass(crawler.spidercls, SiteSpider) or crawler.settings.getbool("KEEP_ALIVE"):
            raise NotConfigured("only the crawl of a site is kept")
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(pipeline.crashed, signal=signals.spider_error)
        crawler.signals.connect(pipeline.crashed, signal=signals.item_error)
        return pipeline

    def open_spider(self) -> None:
        """Start the run. Raises CloseSpider when the archive refuses it."""
        shorten_log()
        try:
            self._start_run()
        except (ArchiveError, UsageError) as error:  # UsageError: WARRAQ_WARC_SIZE is no size
            self._spider().statistics.archive_error = words_of(error)
            raise CloseSpider("archive") from error

    def _start_run(self) -> None:
        spider, site = self._spider(), self._spider().site
        context = spider.context if isinstance(spider.context, CrawlContext) else None
        if context is None:
            context = own_context(site.name, self._crawler.settings, self._releases)
        self._archive, self._pool, self._clock = context.archive, context.pool, context.clock
        self._writer = context.writer
        self._archive.add_site(site.name, site.home, site.title, site.country, site.timezone, revisits=site.revisits)
        self._profile = RunProfile(context, site, spider.statistics.templates)
        self._held = HeldPages(context, site, self._profile)
        self._unread = UnreadPages(self._archive, site.name, self.process_item)
        now = self._clock()
        # The last step that may fail: `spider_closed` ends a run only if it has an id.
        self._run_id = spider.statistics.run_id = self._archive.start_run(site.name, now=now, kind=spider.run_kind)
        self._kept = KeptRequests(self._writer, spider.statistics)
        self._profile.begin()
        self._unread.begin()
        spider.frontier = WatchedFrontier(self._archive.frontier(site.name, self._clock), self._refused)
        spider.extract = partial(self._pool.extract, site=site)

    async def process_item(self, item: Any) -> Any:
        """Archive one page. An archive error ends the crawl, which would lose every further page."""
        spider = self._spider()
        try:
            if spider.statistics.archive_error is not None:
                return item
            if isinstance(item, Fetched):
                await self._save(item)
            elif isinstance(item, UnreadPage):
                await self._read(item)
            elif isinstance(item, NotModified):
                await self._touch(item)
                spider.statistics.same += item.kind == "article"
            elif isinstance(item, Missed):
                await self._fail(item)
            elif isinstance(item, FetchedAsset):
                await self._writer.save_asset(item.capture, item.page, self._run_id, self._clock())
                spider.statistics.assets += 1
            elif isinstance(item, MissedAsset):
                await self._writer.fail_asset(item.url, retry=item.retry)
                spider.statistics.missed_assets += 1
            await self._kept.keep_if_due()
        except TakenDown as error:
            spider.statistics.count_reason(Reason.REMOVED, str(error))
        except ArchiveError as error:
            self._refused(error)
        return item

    def _refused(self, error: ArchiveError) -> None:
        """End the crawl: every further page would be lost."""
        run = self._spider().statistics
        if run.archive_error is None:
            run.archive_error = words_of(error)
            if self._crawler.engine is not None:
                # Not awaited: closing waits for the item or callback that this error comes from.
                self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="archive"))

    async def _save(self, item: Fetched) -> None:
        origin = Origin(item.kind, item.listing, item.new_pages)
        position, parts = await self._writer.append_with_parts(
            item.capture, self._run_id, origin=origin, parts=item.parts
        )
        if item.kind == "article":
            async with self._profile.turn():
                item.extraction, profile = await self._extract(item.capture, position, [part for part, _ in parts])
                async with self._held.turn(item.extraction.article):
                    is_known = await self._held.correct_known(item.capture, item.extraction, profile)
                    if not (is_known and not parts and await self._held.hold(item, position)):
                        await self._store(item, item.extraction, position, parts)
            return
        if item.links == 0:  # it may be a block page, a consent page or a soft 404
            await start_workers(self._pool, self._crawler)
            item.extraction = of_listing(await self._pool.extract(item.capture, self._spider().site), item.capture)
        else:
            item.extraction = Extraction()
        await self._store(item, item.extraction, position, parts)

    async def _read(self, page: UnreadPage) -> None:
        """Extract a page that an earlier run archived and could not extract."""
        item, parts = page.item, page.parts
        extraction, profile = await self._extract(item.capture, page.position, [part for part, _ in parts])
        item.extraction = page.judge(extraction)
        async with self._held.turn(extraction.article):
            is_known = await self._held.correct_known(item.capture, extraction, profile)
            if item.extraction.evidence.get("unread") == "workers":  # no worker process could try it
                self._spider().statistics.count_extraction(item.capture, item.extraction)
            elif parts or not is_known or not await self._held.hold(item, page.position):
                await self._store(item, item.extraction, page.position, parts, stored=True)

    async def _extract(
        self, capture: Capture, at: Position, parts: Sequence[Capture]
    ) -> tuple[Extraction, SiteProfile]:
        """Extract an article page with the site's current profile; returns the extraction and that profile."""
        await start_workers(self._pool, self._crawler)
        profile = self._profile.profile
        extraction = await self._pool.extract(capture, self._spider().site, profile, parts=parts)
        self._profile.note_page(extraction, at)
        return extraction, profile

    async def _store(
        self,
        item: Fetched,
        extraction: Extraction,
        position: Position,
        parts: Sequence[tuple[Capture, Position]] = (),
        *,
        stored: bool = False,
    ) -> None:
        """Save a page with its extraction, and count it. stored: an earlier run fetched and archived its capture."""
        statistics, site = self._spider().statistics, self._spider().site
        image = extraction.article.image if extraction.article is not None else None
        is_wanted = site.assets != "none" and extraction.article is not None
        wanted = article_assets(item.capture, image) if is_wanted else ()
        item.saved = await self._writer.save(
            item.capture,
            position,
            run_id=self._run_id,
            kind=item.kind,
            article=extraction.article,
            reason=extraction.reason,
            parts=parts,
            partial=extraction.partial,
            found=item.new_pages,
            listed=Listed(item.channel, item.discoveries) if item.channel is not None else None,
            assets=wanted,
            now=self._clock(),
            late=stored,
        )
        statistics.count_page(item.saved, fetched=not stored)
        if item.kind == "article" and extraction.article is not None:
            self._profile.note_saved(extraction.article, item.saved)
        statistics.count_extraction(item.capture, extraction)

    async def _touch(self, item: NotModified) -> None:
        position, now = None, self._clock()
        if item.capture is not None:
            position = await self._writer.append(item.capture, self._run_id, origin=Origin(item.kind))
            now = item.capture.fetched_at
        await self._writer.touch(item.url, run_id=self._run_id, now=now, capture=item.capture, position=position)

    async def _fail(self, item: Missed) -> None:
        self._spider().statistics.count_reason(item.reason, message("{url!s}: {why}", url=item.url, why=item.detail))
        if not item.requested:  # it stays pending or due
            return
        site, now = self._spider().site.name, self._clock()
        await self._writer.fail(
            item.url, site=site, kind=item.kind, reason=item.reason, run_id=self._run_id, now=now, retry=item.retry
        )

    def crashed(self, failure: Failure, response: Response | None, **_: Any) -> None:
        """Handler of Scrapy's signals spider_error and item_error: a site's hook or our own code raised.

        Scrapy logs the traceback. This run loses the links of that page.
        """
        if isinstance(failure.value, ArchiveError):  # the frontier has reported it
            return
        url = response.url if response is not None else "a page"
        self._spider().statistics.count_crash(f"{url}: {type(failure.value).__name__}: {failure.value}")

    async def spider_closed(self, spider: SiteSpider, reason: str) -> None:
        """Handler of Scrapy's signal spider_closed: set the run's status, save it, and close what was opened."""
        run = spider.statistics
        if run.run_id is None:
            end_run(run, reason)
            self._release()
            return
        await self._unread.end(interrupted=reason != "finished")
        await self._settle_profile(run, interrupted=reason != "finished")
        if self._crawler.stats is not None:
            run.abandoned_hosts = abandoned_hosts(self._crawler.stats.get_stats())
        if run.budget.is_exhausted:
            run.note(f"its {run.budget.most} requests are spent; what is left waits for the next run")
        await self._settle(run)
        end_run(run, reason)
        now = self._clock()
        try:
            if isinstance(spider, MultiChannelSpider):
                record_channels(self._archive, self._run_id, spider, now)
            fields: dict[str, Any] = {"requests": run.requests, "message": run.message, "found": listings_json(run)}
            end = partial(self._archive.finish_run, self._run_id, status=run.status, now=now, **fields)
            await self._writer.call(end)
        except ArchiveError as error:
            run.archive_error = run.archive_error or words_of(error)
            end_run(run, reason)
        self._release()

    def _release(self) -> None:
        for release in reversed(self._releases):
            release()

    async def _settle_profile(self, run: RunStatistics, *, interrupted: bool) -> None:
        """Update the site's profile, and save the held pages, which are extracted with it."""
        try:
            if interrupted or run.archive_error is not None:
                await self._profile.stop()
            else:
                await self._profile.settle(brought=bool(run.new or run.changed or len(self._held)))
            if run.archive_error is None:
                await self._release_held(run, trusted=not interrupted)
        except ArchiveError as error:
            run.archive_error = run.archive_error or words_of(error)

    async def _release_held(self, run: RunStatistics, *, trusted: bool) -> None:
        to_save, refused = await self._held.release(trusted=trusted)
        for page in to_save:
            page.item.capture = self._held.with_body(page)
            await self._store(page.item, page.item.extraction or Extraction(), page.position)
            page.item.capture = replace(page.item.capture, body=b"")
        await self._held.keep_back(refused, self._run_id)
        run.same += len(refused)
        run.templates.kept_back += len(refused)
        if refused:
            run.note(f"{len(refused)} known articles stay as they were: their pages are of a design that is not known")

    async def _settle(self, run: RunStatistics) -> None:
        """Decide which missing pages are gone, when all responses are known."""
        try:
            settled = await self._writer.call(partial(self._archive.settle, self._run_id, now=self._clock()))
        except ArchiveError as error:
            run.archive_error = run.archive_error or words_of(error)
            return
        run.gone += len(settled.gone)
        if settled.outage:
            run.note("most pages visited again failed: taken for an outage, no article was marked as gone")

    def _spider(self) -> SiteSpider:
        spider = self._crawler.spider
        if not isinstance(spider, SiteSpider):
            raise TypeError(f"{spider!r} is no SiteSpider: this project's pipeline keeps the pages of sites only")
        return spider
