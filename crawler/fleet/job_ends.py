"""What becomes of a job when its crawl has ended: it is deleted, waits again, or has failed.

A job is ended only by the worker that the database has it with: one that was taken for dead may come back.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

import psycopg
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from crawler.fleet import roster
from crawler.fleet.job_queue import JobQueue

MOST_TRIES = 5  # of a crawl whose process dies or is refused
OUTAGES = (ConnectorException, psycopg.Error, OSError)  # of the database
_TRY_S, _GIVE_UP_S = 1.0, 60.0  # after that the job is a stalled one, which another worker does again
_FORGET = """
delete from procrastinate_jobs where status = 'failed'
and id in (select job_id from warraq_failures where site = %(site)s)
"""
_FAILURE = "insert into warraq_failures (job_id, site, message) values (%(id)s, %(site)s, %(message)s)"


class JobEnds:
    """The ends of the jobs of one worker."""

    def __init__(self, queue: JobQueue) -> None:
        self._queue = queue

    async def done(self, job: Job, worker_id: int) -> None:
        """The site was crawled, or is not to be: the job is deleted, and those of the site that failed before."""

        async def work() -> None:
            await self._queue.manager.finish_job(job, Status.SUCCEEDED, delete_job=True)
            await self._queue.execute(_FORGET, site=_site(job))

        await self._settle(job, worker_id, work)

    async def again(self, job: Job, worker_id: int, *, queue: str | None = None) -> None:
        """The job waits again; where another one of its site does so already, that one takes its place.

        queue: where it waits from now on. It waits at once, never until a time: procrastinate would have every other
        job of the host wait with it (its issue 1599).
        """

        async def work() -> None:
            try:
                await self._queue.manager.retry_job(job, queue=queue)
            except UniqueViolation:  # both can't wait (its issue 1543)
                await self._queue.manager.finish_job(job, Status.ABORTED, delete_job=True)

        await self._settle(job, worker_id, work)

    async def retry(self, job: Job, worker_id: int, message: str) -> None:
        """As `again` after a failure; after several tries the job has failed, and is kept with the message."""
        if job.attempts + 1 < MOST_TRIES:
            await self.again(job, worker_id)
            return

        async def work() -> None:
            await self._queue.execute(_FORGET, site=_site(job))
            await self._queue.execute(_FAILURE, id=job.id, site=_site(job), message=message)
            await self._queue.manager.finish_job(job, Status.FAILED, delete_job=False)

        await self._settle(job, worker_id, work)

    async def _settle(self, job: Job, worker_id: int, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work while the job is the worker's. A database that is away is waited for, a while."""
        until = time.monotonic() + _GIVE_UP_S
        while time.monotonic() < until:
            try:
                # The heartbeat first: nobody takes the job from a worker that has just been heard of.
                orders = await roster.beat(self._queue, worker_id)
                if orders is not None and job.id in orders.jobs:
                    await work()
                return
            except OUTAGES:
                await asyncio.sleep(_TRY_S)


def _site(job: Job) -> str:
    return str(job.task_kwargs.get("site"))
