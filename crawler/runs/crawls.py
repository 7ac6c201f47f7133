"""Crawls of one or many sites in one process: locks, engine, signals, progress, outcomes."""

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
from crawler.locks import SiteLock
from crawler.platforms.base import SiteSpider
from crawler.platforms.crawl_options import Options
from crawler.runs.context import CrawlContext, real_time
from crawler.runs.progress import Progress
from crawler.runs.summary import Outcome
from crawler.site import Site
from crawler.workers.pool import ExtractorPool
from storage.archive import Archive
from storage.errors import AlreadyRunning, ArchiveError, UsageError

SITES_AT_ONCE = 16  # each waits on its own host most of the time


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """What to crawl, into which archive, and how.

    allow_hosts: hosts that may be reached although their address is not global, by name or address.
    overrides: Scrapy settings over the project's. clock: the time, aware UTC.
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
    """Scrapy's process, which remembers that a signal ended it, and says so."""

    interrupted = False
    finished = False
    quiet = False

    async def stop(self) -> None:
        """Called at the first SIGINT or SIGTERM, and once more when all is done."""
        if not (self.finished or self.interrupted):
            self.interrupted = True
            if not self.quiet:
                told = "stopping when the pages under way are kept; interrupt once more to stop at once"
                print(f"warraq: {told}", file=sys.stderr, flush=True)
        await super().stop()


def crawl(plan: CrawlJob, *, quiet: bool = False) -> list[Outcome]:
    """Crawl every site of the plan; one outcome each, in the plan's order. A process can do this once.

    Raises ArchiveError when the archive can't be opened, UsageError when every site needs a browser and there is none.
    Sites that another process is crawling are skipped.
    """
    lacking = {spider: need for spider in plan.spiders if (need := _lacks(spider.site))}
    if lacking and len(lacking) == len(plan.spiders):
        raise next(iter(lacking.values()))
    outcomes = [Outcome(spider.site.name) for spider in plan.spiders]
    with contextlib.ExitStack() as stack:
        archive = stack.enter_context(Archive.open(plan.folder, plan.db_url))
        pool = ExtractorPool()
        stack.callback(pool.close)
        todo = []
        for index, spider in enumerate(plan.spiders):
            if spider in lacking:
                outcomes[index].status, outcomes[index].message = "failed", str(lacking[spider])
                continue
            try:
                stack.enter_context(SiteLock(plan.folder, spider.site.name))
                todo.append(index)
            except AlreadyRunning as error:
                outcomes[index].status, outcomes[index].message = "skipped", str(error)
        if todo:
            _run(plan, CrawlContext(archive, pool, plan.clock), todo, outcomes, quiet=quiet)
    return outcomes


def _lacks(site: Site) -> UsageError | None:
    """What has to be installed before this site can be crawled."""
    try:
        if site.browser:
            require_browser(site.name)
    except UsageError as error:
        return error
    return None


def project_settings(plan: CrawlJob) -> Settings:
    """The project's Scrapy settings with the plan's on top."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("WARRAQ_ARCHIVE", str(plan.folder), priority="cmdline")
    settings.set("WARRAQ_DB", plan.db_url, priority="cmdline")
    allowed = (*settings.getlist("WARRAQ_ALLOW_HOSTS"), *plan.allow_hosts)
    settings.set("WARRAQ_ALLOW_HOSTS", allowed, priority="cmdline")
    settings.setdict(plan.overrides, priority="cmdline")
    return settings


def _run(plan: CrawlJob, context: CrawlContext, todo: list[int], outcomes: list[Outcome], *, quiet: bool) -> None:
    process = _SiteProcess(project_settings(plan))
    process.quiet = quiet
    turns = asyncio.Semaphore(plan.sites_at_once)

    async def one(index: int) -> None:
        async with turns:
            if process.interrupted:
                outcomes[index].close("shutdown")
                return
            crawler = process.create_crawler(plan.spiders[index])
            task = process.crawl(crawler, options=plan.options, context=context)
            await asyncio.sleep(0)  # the spider exists once the task has begun; its outcome is what progress shows
            if isinstance(crawler.spider, SiteSpider):
                outcomes[index] = crawler.spider.outcome
            try:
                await task
            except ArchiveError as error:
                outcomes[index].archive_error = str(error)
                outcomes[index].close("archive")
            except Exception as error:  # one site's failure must not end the others' crawls
                outcomes[index].status = "failed"
                outcomes[index].message = f"{type(error).__name__}: {error}"

    async def all_sites() -> None:
        progress = Progress(outcomes, quiet=quiet)
        try:
            with progress:
                await asyncio.gather(*(one(index) for index in todo))
        finally:
            process.finished = True
            from twisted.internet import reactor  # noqa: PLC0415  importing it earlier would install another reactor

            with contextlib.suppress(RuntimeError):  # a signal has stopped it already
                reactor.stop()  # type: ignore[misc]

    task = asyncio.get_event_loop().create_task(all_sites())
    process.start(stop_after_crawl=False)
    for index in todo:
        if outcomes[index].status == "running":
            _cut_short(outcomes[index], context, interrupted=process.interrupted)
    if task.done() and not task.cancelled() and (error := task.exception()) is not None:
        raise error


def _cut_short(outcome: Outcome, context: CrawlContext, *, interrupted: bool) -> None:
    """End a run that could not end itself: a second signal stopped the reactor under it, or its end failed."""
    outcome.close("shutdown" if interrupted else "it could not be ended in order, see the log")
    if outcome.run_id is None:
        return
    try:
        context.archive.finish_run(
            outcome.run_id,
            status=outcome.status,
            now=context.clock(),
            requests=outcome.requests,
            message=outcome.message,
        )
    except ArchiveError as error:
        outcome.archive_error = str(error)
