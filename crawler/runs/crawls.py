"""Crawls of one or many sites in one process: Scrapy's engine, signals and progress."""

import asyncio
import contextlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler.http.browser import require_browser
from crawler.platforms.base import SiteSpider
from crawler.platforms.run_statistics import RunStatistics
from crawler.platforms.spider_context import Options
from crawler.runs.context import CrawlContext, real_time
from crawler.runs.progress import Progress
from crawler.runs.summary import end_run
from crawler.runs.turns import SiteTurns
from crawler.site import Site
from crawler.workers.pool import ExtractorPool
from storage.archive import Archive
from storage.errors import ArchiveError, UsageError

SITES_AT_ONCE = 16  # each waits for its own host most of the time


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """What to crawl, into which archive, and with which settings.

    allow_hosts: hosts that may be reached although their address is not public, by name or address.
    overrides: Scrapy settings that replace the project's. clock: the time, aware UTC.
    """

    spiders: Sequence[type[SiteSpider]]
    folder: Path
    db_url: str | None = None
    options: Options = field(default_factory=Options)
    sites_at_once: int = SITES_AT_ONCE
    allow_hosts: tuple[str, ...] = ()
    overrides: dict[str, Any] = field(default_factory=dict)
    clock: Callable[[], datetime] = real_time


class _SiteProcess(AsyncCrawlerProcess):
    """Scrapy's process that reports and remembers that a signal ended it."""

    interrupted = False
    finished = False
    quiet = False

    async def stop(self) -> None:
        """Called on the first SIGINT or SIGTERM, and again when all sites are finished."""
        if not (self.finished or self.interrupted):
            self.interrupted = True
            if not self.quiet:
                message = "stopping when the pages under way are kept; interrupt once more to stop at once"
                print(f"warraq: {message}", file=sys.stderr, flush=True)
        await super().stop()


def crawl(job: CrawlJob, *, quiet: bool = False) -> list[RunStatistics]:
    """Crawl every site of the job; returns the statistics of each, in the job's order. A process can do this once.

    Raises ArchiveError when the archive can't be opened, UsageError when every site needs a browser and there is none.
    Sites that another process is crawling are skipped.
    """
    unmet = {spider: error for spider in job.spiders if (error := _unmet_requirement(spider.site))}
    if unmet and len(unmet) == len(job.spiders):
        raise next(iter(unmet.values()))
    runs = [RunStatistics(spider.site.name) for spider in job.spiders]
    for index, spider in enumerate(job.spiders):
        if spider in unmet:
            runs[index].status, runs[index].message = "failed", str(unmet[spider])
    with SiteTurns(job.folder, runs, job.clock()) as turns:
        if turns.take_first_free():
            with Archive.open(job.folder, job.db_url) as archive, contextlib.closing(ExtractorPool()) as pool:
                _run(job, CrawlContext(archive, pool, job.clock), turns, runs, quiet=quiet)
    return runs


def _unmet_requirement(site: Site) -> UsageError | None:
    """The error that says what has to be installed before the site can be crawled; None if nothing."""
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
    allowed = (*settings.getlist("WARRAQ_ALLOW_HOSTS"), *job.allow_hosts)
    settings.set("WARRAQ_ALLOW_HOSTS", allowed, priority="cmdline")
    settings.setdict(job.overrides, priority="cmdline")
    return settings


def _run(job: CrawlJob, context: CrawlContext, turns: SiteTurns, runs: list[RunStatistics], *, quiet: bool) -> None:
    process = _SiteProcess(project_settings(job))
    process.quiet = quiet
    free = asyncio.Semaphore(job.sites_at_once)

    async def one(index: int) -> None:
        async with free:
            if process.interrupted:
                end_run(runs[index], "shutdown")
                return
            try:
                with turns.of(index, context.archive) as is_ours:
                    if is_ours:
                        await crawl_one(index)
            except ArchiveError as error:
                runs[index].archive_error = str(error)
                end_run(runs[index], "archive")

    async def crawl_one(index: int) -> None:
        crawler = process.create_crawler(job.spiders[index])
        task = process.crawl(crawler, options=job.options, context=context)
        await asyncio.sleep(0)  # the spider exists once the task has begun; progress shows its statistics
        if isinstance(crawler.spider, SiteSpider):
            runs[index] = crawler.spider.statistics
        try:
            await task
        except ArchiveError as error:
            runs[index].archive_error = str(error)
            end_run(runs[index], "archive")
        except Exception as error:  # one site's failure must not end the others' crawls
            runs[index].status = "failed"
            runs[index].message = f"{type(error).__name__}: {error}"

    async def all_sites() -> None:
        progress = Progress(runs, quiet=quiet)
        try:
            with progress:
                await asyncio.gather(*(one(index) for index in turns.waiting))
        finally:
            process.finished = True
            from twisted.internet import reactor  # noqa: PLC0415  importing it earlier would install another reactor

            with contextlib.suppress(RuntimeError):  # a signal has stopped it already
                reactor.stop()  # type: ignore[misc]

    task = asyncio.get_event_loop().create_task(all_sites())
    process.start(stop_after_crawl=False)
    for run in runs:
        if run.status == "running":
            _cut_short(run, context, interrupted=process.interrupted)
    if task.done() and not task.cancelled() and (error := task.exception()) is not None:
        raise error


def _cut_short(run: RunStatistics, context: CrawlContext, *, interrupted: bool) -> None:
    """End a run that could not end itself: a second signal stopped the reactor, or its end failed."""
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
        run.archive_error = str(error)
