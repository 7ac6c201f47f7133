"""Crawls of one or many sites in one process: locks, engine, signals, progress, outcomes."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler.errors import AlreadyRunning
from crawler.locks import SiteLock
from crawler.outcomes import Outcome
from crawler.pipelines import Desk, real_time
from crawler.platforms.base import Options, SiteSpider
from crawler.progress import Progress
from crawler.reading import ReadingPool
from storage.archive import Archive

SITES_AT_ONCE = 16  # each waits on its own host most of the time


@dataclass(frozen=True, slots=True)
class Plan:
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
    """Scrapy's process, which remembers that a signal ended it."""

    interrupted = False
    finished = False

    async def stop(self) -> None:
        """Called at the first SIGINT or SIGTERM, and once more when all is done."""
        self.interrupted = self.interrupted or not self.finished
        await super().stop()


def crawl(plan: Plan, *, quiet: bool = False) -> list[Outcome]:
    """Crawl every site of the plan; one outcome each, in the plan's order. A process can do this once.

    Raises ArchiveError when the archive can't be opened. Sites that another process is crawling are skipped.
    """
    outcomes = [Outcome(spider.site.name) for spider in plan.spiders]
    with contextlib.ExitStack() as stack:
        archive = stack.enter_context(Archive.open(plan.folder, plan.db_url))
        pool = ReadingPool()
        stack.callback(pool.close)
        todo = []
        for index, spider in enumerate(plan.spiders):
            try:
                stack.enter_context(SiteLock(plan.folder, spider.site.name))
                todo.append(index)
            except AlreadyRunning as error:
                outcomes[index].status, outcomes[index].message = "skipped", str(error)
        if todo:
            _run(plan, Desk(archive, pool, plan.clock), todo, outcomes, quiet=quiet)
    return outcomes


def project_settings(plan: Plan) -> Settings:
    """The project's Scrapy settings with the plan's on top."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("WARRAQ_ARCHIVE", str(plan.folder), priority="cmdline")
    settings.set("WARRAQ_DB", plan.db_url, priority="cmdline")
    allowed = (*settings.getlist("WARRAQ_ALLOW_HOSTS"), *plan.allow_hosts)
    settings.set("WARRAQ_ALLOW_HOSTS", allowed, priority="cmdline")
    settings.setdict(plan.overrides, priority="cmdline")
    return settings


def _run(plan: Plan, desk: Desk, todo: list[int], outcomes: list[Outcome], *, quiet: bool) -> None:
    process = _SiteProcess(project_settings(plan))
    turns = asyncio.Semaphore(plan.sites_at_once)

    async def one(index: int) -> None:
        async with turns:
            if process.interrupted:
                outcomes[index].close("shutdown")
                return
            crawler = process.create_crawler(plan.spiders[index])
            task = process.crawl(crawler, options=plan.options, desk=desk)
            await asyncio.sleep(0)  # the spider exists once the task has begun; its outcome is what progress shows
            if isinstance(crawler.spider, SiteSpider):
                outcomes[index] = crawler.spider.outcome
            try:
                await task
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
        if outcomes[index].status == "running":  # a second signal: the reactor was stopped under it
            outcomes[index].close("shutdown")
    if task.done() and not task.cancelled() and (error := task.exception()) is not None:
        raise error
