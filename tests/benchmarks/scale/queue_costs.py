"""The cost of a fleet's queue: jobs fetched per second, a round of the schedule, reading of site files."""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status
from sqlalchemy import Engine, insert

from crawler.fleet.crawl_order import KNOWN_QUEUES, queue_of
from crawler.fleet.fleet_worker import _WAITING
from crawler.fleet.job_queue import JobQueue
from crawler.fleet.scheduling import enqueue_due
from crawler.platforms import MultiChannelSpider
from crawler.platforms.base import SiteSpider
from crawler.site import Site
from storage.db.database import connect
from storage.db.schema import schedules
from tests.benchmarks.crawl_parts.processor_time import seconds_of
from tests.support.fleet.databases import without_fleet
from tests.support.fleet.site_files import write_site
from tests.support.made_databases import Schema, make
from tests.support.running import environment

TAKERS, FETCHES = 4, 400  # tasks that take jobs at the same time; jobs taken at each length of the queue
_DECLARED = """
import time
before = time.process_time()
from crawler.registry import declared_sites
imported = time.process_time()
count = len(declared_sites.declared(()).spiders)
print(count, imported - before, time.process_time() - imported)
"""


@dataclass(frozen=True, slots=True)
class Handed:
    """waiting: jobs in the queue. a_second: taken and ended, by all takers together. server_ms: processor time of a job."""

    waiting: int
    a_second: float
    server_ms: float


@dataclass(frozen=True, slots=True)
class Round:
    """sites: declared. Processor seconds of the schedule: of a round in which nothing is due, of each site that is enqueued."""

    sites: int
    idle_s: float
    enqueued_s: float


@contextmanager
def fleet_schema(postgres: str) -> Iterator[Engine]:
    """An engine of an empty archive in a schema of its own, with the disk waited for; its fleet's schema goes with it."""
    schema = Schema(postgres)
    try:
        make(schema.url)
        with without_fleet(schema.url):
            engine = connect(schema.url.replace("synchronous_commit%3Doff", "synchronous_commit%3Don"))
            try:
                yield engine
            finally:
                engine.dispose()
    finally:
        schema.drop()


def handed_out(postgres: str, lengths: Sequence[int]) -> list[Handed]:
    """Jobs a second at these lengths of the queue, in ascending order."""
    with fleet_schema(postgres) as engine:
        return asyncio.run(_handed_out(engine, lengths))


async def _handed_out(engine: Engine, lengths: Sequence[int]) -> list[Handed]:
    results, made = [], 0
    async with AsyncExitStack() as stack:
        queues = [await stack.enter_async_context(JobQueue(engine)) for _ in range(TAKERS)]
        workers = [await queue.manager.register_worker() for queue in queues]
        for length in lengths:
            (waiting,) = await queues[0].rows("select count(*) as count from procrastinate_jobs where status = 'todo'")
            missing = length - waiting["count"]
            # As `enqueue` makes them, in one statement: what is measured here is the other end.
            await queues[0].execute(_ADD, first=made, last=made + missing - 1, queue=queue_of(()))
            made += missing
            await queues[0].execute("analyze procrastinate_jobs")
            backends = [(await queue.rows("select pg_backend_pid() as pid"))[0]["pid"] for queue in queues]
            before = sum(seconds_of(Path(f"/proc/{pid}/stat")) for pid in backends)
            began = time.perf_counter()
            taken = await asyncio.gather(*map(_take, queues, workers))
            took = time.perf_counter() - began
            used = sum(seconds_of(Path(f"/proc/{pid}/stat")) for pid in backends) - before
            results.append(Handed(length, sum(taken) / took, 1000 * used / sum(taken)))
    return results


_ADD = """
insert into procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
select %(queue)s, 'warraq.crawl', 'host:outlet-' || n || '.example', 'site:outlet-' || n,
    jsonb_build_object('version', 1, 'site', 'outlet-' || n, 'enqueued_at', now())
from generate_series(%(first)s::int, %(last)s::int) n
"""


async def _take(queue: JobQueue, worker: int) -> int:
    taken = 0
    for _ in range(FETCHES // TAKERS):
        try:
            names = [row["queue_name"] for row in await queue.rows(_WAITING, known=KNOWN_QUEUES)]
            job = await queue.manager.fetch_job(names, worker)
        except UniqueViolation:
            continue
        if job is not None:
            await queue.manager.finish_job(job, Status.SUCCEEDED, delete_job=True)
            taken += 1
    return taken


def schedule_round(postgres: str, sites: int, *, due: int = 200) -> Round:
    """A round of the schedule over so many sites, of which none is due, and one in which some are."""
    now = datetime.now(UTC)
    spiders = [_spider(f"outlet_{number}") for number in range(sites)]
    with fleet_schema(postgres) as engine, tempfile.TemporaryDirectory() as folder:
        hours = [1.25] * 24
        rows = [
            {"site": each.site.name, "interval_s": 2880, "failures": 0, "hours": hours, "crawled_at": now}
            | {"next_at": now + timedelta(hours=9)}
            for each in spiders
        ]
        with engine.begin() as connection:
            for start in range(0, sites, 5_000):
                connection.execute(insert(schedules), rows[start : start + 5_000])
        url = engine.url.render_as_string(hide_password=False)

        async def rounds(at: datetime) -> tuple[float, int]:
            async with JobQueue(engine) as queue:
                began = time.process_time()
                ran = await enqueue_due(queue, spiders, Path(folder), url, at)
                return time.process_time() - began, len(ran.enqueued.added)

        asyncio.run(rounds(now))
        idle_s, _ = asyncio.run(rounds(now))
        with engine.begin() as connection:
            connection.execute(
                schedules.update()
                .where(schedules.c.site.in_([s.site.name for s in spiders[:due]]))
                .values(next_at=None)
            )
        busy_s, added = asyncio.run(rounds(now))
        assert added == min(due, sites), added
    return Round(sites, idle_s, (busy_s - idle_s) / added)


def _spider(name: str) -> type[SiteSpider]:
    site = Site(name, f"https://{name}.example/")
    return type(name, (MultiChannelSpider,), {"site": site, "name": name, "__module__": __name__})


def reading_site_files(count: int) -> float:
    """Processor seconds in which a crawl's process reads so many site files, before it looks for its own."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            write_site(Path(folder), f"outlet_{number:05}")
        ran = subprocess.run(
            [sys.executable, "-c", _DECLARED],
            env=environment(WARRAQ_SPIDERS=folder),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    declared, _, seconds = ran.stdout.split()
    assert int(declared) == count, ran.stdout
    return float(seconds)
