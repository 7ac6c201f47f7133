"""The part of `warraq verify` that reads WARC files in several processes, one file a task."""

import asyncio
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from crawler.workers.bulk.engines import NewPool
from crawler.workers.pool import ExtractorPool
from crawler.workers.worker_process import WorkerDied
from storage.maintenance.verify_files import FileTask, check_file
from storage.maintenance.verify_report import Report

LIMIT_S = 6 * 3600.0  # for a file: one gigabyte may be on a slow disk or behind a slow network
AHEAD = 2  # files under way or waiting, for each process

Checks = Callable[[Iterable[FileTask]], Iterator[Report]]


def checks_in(new_pool: NewPool) -> Checks:
    """A function that checks files in the processes of such a pool, and yields the reports in the files' order.

    A file that killed two processes is checked in this one.
    """

    def checks(tasks: Iterable[FileTask]) -> Iterator[Report]:
        pool, left = new_pool(None), iter(tasks)
        ahead: deque[asyncio.Task[Report]] = deque()
        with asyncio.Runner() as runner:
            loop = runner.get_loop()
            try:
                while True:
                    while len(ahead) < (os.cpu_count() or 1) * AHEAD and (task := next(left, None)):
                        ahead.append(loop.create_task(_checked(pool, task)))
                    if not ahead:
                        return
                    yield runner.run(_result(ahead.popleft()))
            finally:
                pool.close()

    return checks


async def _checked(pool: ExtractorPool, task: FileTask) -> Report:
    try:
        report: Report = await pool.run((check_file, task), LIMIT_S)
    except WorkerDied:
        return check_file(task)
    return report


async def _result(task: "asyncio.Task[Report]") -> Report:
    return await task
