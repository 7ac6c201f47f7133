"""Ends of jobs: when a crawl has ended, its job is deleted, requeued, or marked as failed.

A worker ends a job only if the database still assigns the job to it: after an outage, another worker may have it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

import psycopg
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from crawler.fleet import roster
from crawler.fleet.job_queue import JobQueue

MOST_TRIES = 5  # for a crawl whose process dies or is refused
OUTAGES = (ConnectorException, psycopg.Error, OSError)  # errors of an unreachable database
_TRY_S, _GIVE_UP_S = 1.0, 60.0  # later the job counts as stalled, and another worker repeats it
_FORGET = """
delete from procrastinate_jobs where status = 'failed'
and id in (select job_id from warraq_failures where site = %(site)s)
"""
_FAILURE = "insert into warraq_failures (job_id, site, message) values (%(id)s, %(site)s, %(message)s)"


class JobEnds:
    """Ends the jobs of one worker."""

    def __init__(self, queue: JobQueue) -> None:
        self._queue = queue

    async def done(self, job: Job, worker_id: int) -> None:
        """Delete the job, and the site's failed jobs: the site was crawled, or must not be."""

        async def work() -> None:
            await self._queue.manager.finish_job(job, Status.SUCCEEDED, delete_job=True)
            await self._queue.execute(_FORGET, site=_site(job))

        await self._settle(job, worker_id, work)

    async def again(self, job: Job, worker_id: int, *, queue: str | None = None) -> None:
        """Requeue the job; if another job of its site waits already, delete it instead.

        queue: the new queue; None: the same. The job is due at once. With a later time, procrastinate would make every
        other job of the host wait, too (its issue 1599).
        """

        async def work() -> None:
            try:
                await self._queue.manager.retry_job(job, queue=queue)
            except UniqueViolation:  # procrastinate does not allow both to wait (its issue 1543)
                await self._queue.manager.finish_job(job, Status.ABORTED, delete_job=True)

        await self._settle(job, worker_id, work)

    async def retry(self, job: Job, worker_id: int, message: str) -> None:
        """Requeue the job after a failure; after MOST_TRIES tries, mark it as failed and store the message."""
        if job.attempts + 1 < MOST_TRIES:
            await self.again(job, worker_id)
            return

        async def work() -> None:
            await self._queue.execute(_FORGET, site=_site(job))
            await self._queue.execute(_FAILURE, id=job.id, site=_site(job), message=message)
            await self._queue.manager.finish_job(job, Status.FAILED, delete_job=False)

        await self._settle(job, worker_id, work)

    async def _settle(self, job: Job, worker_id: int, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work if the job is still the worker's. During an outage, try again for _GIVE_UP_S seconds."""
        until = time.monotonic() + _GIVE_UP_S
        while time.monotonic() < until:
            try:
                # The heartbeat first: no other worker takes a job from one that has just written it.
                orders = await roster.beat(self._queue, worker_id)
                if orders is not None and job.id in orders.jobs:
                    await work()
                return
            except OUTAGES:
                await asyncio.sleep(_TRY_S)


def _site(job: Job) -> str:
    return str(job.task_kwargs.get("site"))
