"""A worker: takes jobs from the queue, runs each crawl in a process of its own, and writes heartbeats.

procrastinate's own worker ends when one heartbeat can't be written. This one goes on after an outage of the database,
which is safe, as the crawls' fences keep two processes from crawling a site.
"""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job

from crawler.fleet import roster
from crawler.fleet.crawl_child import CrawlChild
from crawler.fleet.crawl_order import KNOWN_QUEUES, NewerPayload, newer_queue, order_of
from crawler.fleet.crawl_process import CrawlReport, Task
from crawler.fleet.job_ends import OUTAGES, JobEnds
from crawler.fleet.job_queue import JobQueue
from crawler.fleet.stalled_jobs import redo_stalled

POLL_S = 1.0  # between two queries of the queue
BEATS = 4  # writes per heartbeat interval, so that a dead worker is noticed within two intervals
FENCE_WAIT = 3.0  # heartbeat intervals that a crawl waits for its fence, which the crawl before may still hold
_WAITING = "select distinct queue_name from procrastinate_jobs where status = 'todo' and queue_name ~ %(known)s"
_ENDED_EARLY = frozenset({"interrupted", "busy"})  # statuses of crawls that must be continued later


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """Settings of a worker. queues: None: all that this version knows. seconds: after these it drains; None: never.

    at_once: number of crawls at the same time. once: end when the queue has no job for it. The others: see `Task`.
    """

    folder: Path
    db_url: str
    queues: tuple[str, ...] | None = None
    groups: tuple[str, ...] = ()
    at_once: int = 4
    heartbeat_s: float = roster.HEARTBEAT_S
    once: bool = False
    seconds: float | None = None
    allow_hosts: tuple[str, ...] = ()
    warc_size: str | None = None
    log_format: str | None = None
    log_file: Path | None = None

    def task(self, site: str, enqueued_at: str) -> Task:
        """The task for the process that crawls the site."""
        return Task(
            site,
            enqueued_at,
            os.getpid(),
            str(self.folder.absolute()),
            self.db_url,
            FENCE_WAIT * self.heartbeat_s,
            self.allow_hosts,
            self.warc_size,
            self.log_format,
            str(self.log_file.absolute()) if self.log_file else None,
        )


@dataclass(eq=False, slots=True)
class _Crawl:
    job: Job
    child: CrawlChild
    is_disowned: bool = False  # the job was given to another worker
    is_stopped: bool = False

    def stop(self) -> None:
        """Ask the crawl to end in order; a second call ends it at once."""
        self.is_stopped = True
        self.child.stop()


class FleetWorker:
    """The worker of one process. on_report: called with the site and report of every crawl that has ended."""

    def __init__(
        self, queue: JobQueue, settings: WorkerSettings, on_report: Callable[[str, CrawlReport], None]
    ) -> None:
        self._queue, self._settings, self._on_report = queue, settings, on_report
        self._ends = JobEnds(queue)
        self._crawls: dict[_Crawl, asyncio.Task[None]] = {}
        self._worker_id = 0
        self._is_paused = self._stopping = self._is_away = False
        self._wake = asyncio.Event()
        self._began = time.monotonic()
        self.cut_short = 0  # crawls that were stopped early and must be continued later

    def stop(self) -> None:
        """Take no further job, and ask the crawls to end in order; a second call ends them at once."""
        self._stopping = True
        for crawl in self._crawls:
            crawl.stop()
        self._wake.set()

    async def run(self) -> None:
        """Work until `stop`. Raises ConnectorException if the database is not reached at the start."""
        await self._enter()
        await self._beat()  # the fleet may be paused
        beats = asyncio.create_task(self._beats())
        try:
            while not self._stopping:
                if await self._start_next():
                    continue
                if self._settings.once and not self._crawls and not self._is_away:
                    break
                if self._settings.seconds is not None and time.monotonic() > self._began + self._settings.seconds:
                    self.stop()
                self._wake.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), POLL_S)
            while self._crawls:
                await asyncio.wait(self._crawls.values())
        finally:
            beats.cancel()
            with suppress(*OUTAGES):
                await roster.leave(self._queue, self._worker_id)

    async def _enter(self) -> None:
        settings = self._settings
        self._worker_id = await roster.enter(
            self._queue, groups=settings.groups, at_once=settings.at_once, heartbeat_s=settings.heartbeat_s
        )

    async def _beats(self) -> None:
        """Until cancelled: write heartbeats, follow the operator's orders, and requeue jobs of dead workers."""
        while True:
            await asyncio.sleep(self._settings.heartbeat_s / BEATS)
            try:
                await self._beat()
                for site in await redo_stalled(self._queue):
                    _print(f"{site}: its worker is dead, the crawl is done again")
                    self._wake.set()
            except OUTAGES as error:
                self._note_outage(error)

    async def _beat(self) -> None:
        running = list(self._crawls)
        orders = await roster.beat(self._queue, self._worker_id)
        if orders is None:  # it wrote no heartbeat for so long that it was removed
            await self._enter()
            orders = roster.Orders(is_paused=self._is_paused, is_draining=False, jobs=frozenset())
        self._is_paused = orders.is_paused
        for crawl in running:
            if crawl.job.id not in orders.jobs and not crawl.is_disowned:
                crawl.is_disowned = True
                crawl.stop()
        if orders.is_draining and not self._stopping:
            self.stop()

    async def _start_next(self) -> bool:
        """Start the next crawl; False if there is none now."""
        job = await self._next_job()
        if job is None:
            return False
        try:
            order = order_of(job.task_kwargs)
        except NewerPayload as error:
            queue = newer_queue(job.queue, error.version)
            await self._ends.again(job, self._worker_id, queue=queue)
            return True
        try:
            child = await CrawlChild.start(self._settings.task(order.site, order.enqueued_at.isoformat()))
        except OSError as error:
            await self._ends.retry(job, self._worker_id, f"no process could be started: {error.strerror}")
            return False
        crawl = _Crawl(job, child)
        self._crawls[crawl] = asyncio.create_task(self._end(crawl, order.site))
        if self._stopping:
            crawl.stop()
        return True

    async def _next_job(self) -> Job | None:
        """Take a job from the queue; None if there is none for this worker, or no room for it."""
        if self._is_paused or len(self._crawls) >= self._settings.at_once:
            return None
        try:
            job = await self._queue.manager.fetch_job(await self._queues(), self._worker_id)
        except UniqueViolation:  # another worker took a job of this host at the same moment
            return None
        except OUTAGES as error:
            self._note_outage(error)
            return None
        self._is_away = False
        return job

    def _note_outage(self, error: BaseException) -> None:
        if not self._is_away:
            _print(f"the queue is not reached, and is asked again: {error.__cause__ or error}")
        self._is_away = True

    async def _queues(self) -> list[str]:
        if self._settings.queues is not None:
            return list(self._settings.queues)
        return [row["queue_name"] for row in await self._queue.rows(_WAITING, known=KNOWN_QUEUES)]

    async def _end(self, crawl: _Crawl, site: str) -> None:
        """Wait for the crawl's end, then settle its job."""
        report = await crawl.child.ended()
        if report is None:
            report = CrawlReport("died", f"its process ended by {crawl.child.death}")
        self._on_report(site, report)
        ended_early = report.status in _ENDED_EARLY or (crawl.is_stopped and report.status != "done")
        self.cut_short += ended_early and self._stopping
        if ended_early:
            await self._ends.again(crawl.job, self._worker_id)
        elif report.status in ("died", "refused"):
            await self._ends.retry(crawl.job, self._worker_id, report.message or report.status)
        else:
            await self._ends.done(crawl.job, self._worker_id)
        del self._crawls[crawl]
        self._wake.set()


def _print(message: str) -> None:
    print(f"warraq: {message}", file=sys.stderr, flush=True)
