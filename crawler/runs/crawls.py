"""Crawls of one or many sites in one process: Scrapy's engine, signals and limits."""

import asyncio
import contextlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from crawler.http.browser import require_browser
from crawler.platforms.base import SiteSpider
from crawler.platforms.run_statistics import RunStatistics, StopCause
from crawler.platforms.spider_context import Options
from crawler.runs.archive_refusals import note_upload_error
from crawler.runs.context import CrawlContext, real_time
from crawler.runs.due_sites import note_run
from crawler.runs.limits import Limits, SiteSlot
from crawler.runs.progress import Progress
from crawler.runs.summary import end_run, not_begun
from crawler.runs.turns import SiteTurns
from crawler.site import Site
from crawler.workers.pool import ExtractorPool
from storage.archive import Archive
from storage.db.advisory_locks import AdvisoryLocks
from storage.db.database import database_path
from storage.errors import ArchiveError, UsageError
from storage.messages import words_of
from storage.warc.writer import MAX_FILE_BYTES

SITES_AT_ONCE = 16  # each waits for its own host most of the time
CLOSING_S = 0.05  # between two checks whether a spider is closed
WATCH_S = 0.5  # between two checks of the limits


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """What to crawl, into which archive, and with which settings.

    warc_bytes, warc_store: see `Archive.open`. sites_at_once: slots; a site that takes long gives its slot to the next
    and goes on. oldest_first: begin with the sites whose last crawl is the oldest. paused: site name to the message of
    its run; these are not crawled. allow_hosts: names or addresses of hosts that are allowed although not public.
    overrides: Scrapy settings that replace the project's. clock: returns aware UTC. fences: see `SiteTurns`.
    """

    spiders: Sequence[type[SiteSpider]]
    folder: Path
    db_url: str | None = None
    options: Options = field(default_factory=Options)
    sites_at_once: int = SITES_AT_ONCE
    oldest_first: bool = False
    limits: Limits = field(default_factory=Limits)
    paused: Mapping[str, str] = field(default_factory=dict)
    allow_hosts: tuple[str, ...] = ()
    overrides: dict[str, Any] = field(default_factory=dict)
    clock: Callable[[], datetime] = real_time
    warc_bytes: int = MAX_FILE_BYTES
    fences: AdvisoryLocks | None = None
    warc_store: str | None = None


class _SiteProcess(AsyncCrawlerProcess):
    """Scrapy's process, which also reports and records that a signal ended it."""

    interrupted = False
    finished = False
    quiet = False
    stopped_by: StopCause | None = None

    async def stop(self) -> None:
        """Stop all crawls. Scrapy calls it on the first SIGINT or SIGTERM, and when all sites are finished."""
        if first_signal := not (self.finished or self.interrupted or self.stopped_by):
            self.interrupted = True
            if not self.quiet:
                message = "stopping when the pages under way are kept; interrupt once more to stop at once"
                print(f"warraq: {message}", file=sys.stderr, flush=True)
        crawlers = list(self.crawlers)
        await super().stop()
        if first_signal:  # a second signal does not wait: it must end a crawl that hangs while it closes
            for crawler in crawlers:
                await _closed(crawler)


def crawl(
    job: CrawlJob, *, quiet: bool = False, on_end: Callable[[RunStatistics], None] | None = None
) -> list[RunStatistics]:
    """Crawl every site of the job; returns their statistics in the job's order. A process can call this once.

    on_end: called with a site's statistics when its crawl has ended or was skipped, as when another process crawls it.
    Raises ArchiveError when the archive can't be opened, UsageError when all sites need a browser and none is there.
    """
    unmet = {spider: error for spider in job.spiders if (error := _unmet_requirement(spider.site))}
    if unmet and len(unmet) == len(job.spiders):
        raise next(iter(unmet.values()))
    runs = [RunStatistics(spider.site.name) for spider in job.spiders]
    for run, spider in zip(runs, job.spiders, strict=True):
        if spider in unmet:
            run.status, run.message = "failed", str(unmet[spider])
        elif spider.site.name in job.paused:
            run.status, run.message, run.stopped_by = "skipped", job.paused[spider.site.name], "paused"
        elif cause := job.limits.reached([job.folder]):
            not_begun(run, cause)
    with SiteTurns(job.folder, runs, job.clock, again=job.options.is_thorough, fences=job.fences) as turns:
        if turns.take_first_free():
            opened = Archive.open(job.folder, job.db_url, warc_bytes=job.warc_bytes, warc_store=job.warc_store)
            with opened as archive, contextlib.closing(ExtractorPool()) as pool:
                crawls = _Crawls(job, CrawlContext(archive, pool, job.clock), turns, runs, on_end, quiet=quiet)
                crawls.run()
            note_upload_error(opened, runs)
        elif on_end is not None:
            for run in runs:
                on_end(run)
    return runs


def _unmet_requirement(site: Site) -> UsageError | None:
    """The error that names what must be installed to crawl the site; None if nothing is missing."""
    try:
        if site.browser:
            require_browser(site.name)
    except UsageError as error:
        return error
    return None


def project_settings(job: CrawlJob) -> Settings:
    """The project's Scrapy settings with the job's on top."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("WARRAQ_ARCHIVE", str(job.folder), priority="cmdline")
    settings.set("WARRAQ_DB", job.db_url, priority="cmdline")
    settings.set("WARRAQ_ALLOW_HOSTS", (*settings.getlist("WARRAQ_ALLOW_HOSTS"), *job.allow_hosts), priority="cmdline")
    settings.setdict(job.overrides, priority="cmdline")
    return settings


class _Crawls:
    """The crawls of one command."""

    def __init__(
        self,
        job: CrawlJob,
        context: CrawlContext,
        turns: SiteTurns,
        runs: list[RunStatistics],
        on_end: Callable[[RunStatistics], None] | None,
        *,
        quiet: bool,
    ) -> None:
        self._job, self._context, self._turns, self._runs, self._on_end = job, context, turns, runs, on_end
        self._process = _SiteProcess(project_settings(job))
        self._quiet = self._process.quiet = quiet
        database = database_path(context.archive.engine)
        self._folders = {job.folder.absolute(), *([database.parent] if database else [])}
        self._slots = asyncio.Semaphore(job.sites_at_once)
        self._waiting = 0
        self._active: dict[int, Crawler] = {}
        self._began: dict[int, datetime] = {}
        self._stopping: dict[int, asyncio.Future[None]] = {}
        self._stopped_by: StopCause | None = None
        self._reported: set[int] = set()

    def run(self) -> None:
        """Crawl the sites in their turns. Returns when all have ended, or a signal or limit ended them."""
        for index, run in enumerate(self._runs):
            if run.status != "running":
                self._report(index)
        task = asyncio.get_event_loop().create_task(self._all())
        self._process.start(stop_after_crawl=False)
        self._context.writer.close()
        for index, run in enumerate(self._runs):
            if run.status == "running":
                stopped = self._process.interrupted or self._stopped_by is not None
                _cut_short(run, self._context, interrupted=stopped)
                if index in self._began:
                    with contextlib.suppress(ArchiveError):
                        self._note(index)
            self._report(index)
        if task.done() and not task.cancelled() and (error := task.exception()) is not None:
            raise error

    async def _all(self) -> None:
        waiting = self._turns.in_order(self._context.archive) if self._job.oldest_first else self._turns.waiting
        self._waiting = len(waiting)
        watch = asyncio.ensure_future(self._watch())
        try:
            with Progress(self._runs, quiet=self._quiet):
                await asyncio.gather(*(self._in_turn(index) for index in waiting))
        finally:
            watch.cancel()
            self._process.finished = True
            self._end_reactor()

    async def _watch(self) -> None:
        """Stop every site when a limit is reached, and stop the reactor if they do not end in time."""
        while True:
            if self._stopped_by is None:
                cause = self._turns.lost or self._job.limits.reached(self._folders)
                self._stopped_by = self._process.stopped_by = cause
            if self._stopped_by is not None:
                self._stop_sites(self._stopped_by)
            if self._job.limits.is_over:
                self._end_reactor()
                return
            await asyncio.sleep(WATCH_S)

    def _stop_sites(self, cause: StopCause) -> None:
        """Have every running site finish its open requests and end. Sites that are still starting are stopped later."""
        for index, crawler in self._active.items():
            if index not in self._stopping and crawler.engine is not None and crawler.engine.running:
                self._runs[index].stopped_by = cause
                self._stopping[index] = asyncio.ensure_future(crawler.stop_async())

    async def _in_turn(self, index: int) -> None:
        """Wait for a slot and crawl one site. A slow site gives its slot to the next one before it ends."""
        await self._slots.acquire()
        slot = SiteSlot(self._slots)
        limits = self._job.limits
        later = asyncio.get_running_loop().call_later(limits.slot_s(self._waiting, self._job.sites_at_once), slot.give)
        self._waiting -= 1
        try:
            if self._process.interrupted:
                end_run(self._runs[index], "shutdown")
            elif self._stopped_by is not None:
                not_begun(self._runs[index], self._stopped_by)
            else:
                with self._turns.of(index, self._context.archive) as is_ours:
                    if is_ours:
                        self._began[index] = self._context.clock()
                        await self._crawl(index)
                        self._note(index)
        except ArchiveError as error:
            self._runs[index].archive_error = words_of(error)
            end_run(self._runs[index], "archive")
        finally:
            later.cancel()
            slot.give()
        self._report(index)

    async def _crawl(self, index: int) -> None:
        crawler = self._active[index] = self._process.create_crawler(self._job.spiders[index])
        task = self._process.crawl(crawler, options=self._job.options, context=self._context)
        await asyncio.sleep(0)  # the spider exists once the task has begun; progress shows its statistics
        if isinstance(crawler.spider, SiteSpider):
            self._runs[index] = crawler.spider.statistics
        try:
            await task
            await _closed(crawler)
        except ArchiveError:
            raise
        except Exception as error:  # one site's failure must not end the others' crawls
            self._runs[index].status = "failed"
            self._runs[index].message = f"{type(error).__name__}: {error}"
        finally:
            del self._active[index]

    def _note(self, index: int) -> None:
        """Update the site's schedule by the result of its crawl."""
        run, spider = self._runs[index], self._job.spiders[index]
        note_run(self._context.archive.engine, run, spider, self._job.options, began=self._began[index])

    def _report(self, index: int) -> None:
        if self._on_end is not None and index not in self._reported:
            self._reported.add(index)
            self._on_end(self._runs[index])

    def _end_reactor(self) -> None:
        from twisted.internet import reactor  # noqa: PLC0415  importing it earlier would install another reactor

        with contextlib.suppress(RuntimeError):  # a signal has stopped it already
            reactor.stop()  # type: ignore[misc]


async def _closed(crawler: Crawler) -> None:
    """Wait until the crawler's spider is closed. Scrapy's stop returns early if the spider is closing already."""
    while crawler.engine is not None and crawler.engine.spider is not None:
        await asyncio.sleep(CLOSING_S)


def _cut_short(run: RunStatistics, context: CrawlContext, *, interrupted: bool) -> None:
    """End a run whose spider did not close in order: a second signal stopped the reactor, or closing failed."""
    end_run(run, "shutdown" if interrupted else "it could not be ended in order, see the log")
    if run.run_id is None:
        return
    try:
        context.archive.finish_run(
            run.run_id,
            status=run.status,
            now=context.clock(),
            requests=run.requests,
            message=run.message,
        )
    except ArchiveError as error:
        run.archive_error = words_of(error)
