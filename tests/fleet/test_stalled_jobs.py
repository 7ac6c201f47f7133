"""Jobs whose worker is dead, in the states that procrastinate's issues 1408, 1446, 1518 and 1543 describe: F10."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import psycopg
import pytest
from procrastinate.jobs import Job
from sqlalchemy import Engine

from crawler.fleet import roster
from crawler.fleet.crawl_order import VERSION, queue_of
from crawler.fleet.job_ends import MOST_TRIES, JobEnds
from crawler.fleet.job_queue import JobQueue
from crawler.fleet.stalled_jobs import redo_stalled
from crawler.site import Site
from storage.db.advisory_locks import lock_key
from storage.db.database import connect
from tests.benchmarks.fleet.__main__ import held_jobs
from tests.support.fleet.databases import fleet_rows

pytestmark = pytest.mark.postgres
SITE = Site("marfa", "https://marfa.example/")
SIBLING = Site("marfa_sport", "https://marfa.example/sport/", groups=("sport",))
SILENT = "update procrastinate_workers set last_heartbeat = now() - interval '1 minute' where id = :id"
Result = TypeVar("Result")


@pytest.fixture
def engine(fleet_url: str) -> Iterator[Engine]:
    engine = connect(fleet_url)
    yield engine
    engine.dispose()


def on_queue(engine: Engine, work: Callable[[JobQueue], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        async with JobQueue(engine) as queue:
            return await work(queue)

    return asyncio.run(run())


async def enter(queue: JobQueue) -> int:
    return await roster.enter(queue, groups=(), at_once=1, heartbeat_s=2.0)


async def fetch(queue: JobQueue, worker: int) -> Job | None:
    return await queue.manager.fetch_job([queue_of(()), queue_of(SIBLING.groups)], worker)


def states(url: str) -> list[tuple[str, str, int | None]]:
    rows = fleet_rows(url, "select args->>'site' as site, status::text, worker_id from procrastinate_jobs order by id")
    return [(row["site"], row["status"], row["worker_id"]) for row in rows]


async def begun(queue: JobQueue) -> tuple[int, Job]:
    """A worker that has begun with the site."""
    await queue.enqueue([SITE])
    worker = await enter(queue)
    job = await fetch(queue, worker)
    assert job is not None
    return worker, job


def test_a_site_waits_once_and_not_while_it_is_crawled(engine: Engine, fleet_url: str) -> None:
    async def work(queue: JobQueue) -> None:
        assert (await queue.enqueue([SITE, SIBLING])).added == [SITE.name, SIBLING.name]
        assert (await queue.enqueue([SITE])).present == [SITE.name]
        assert await fetch(queue, await enter(queue)) is not None
        assert (await queue.enqueue([SITE])).present == [SITE.name]

    on_queue(engine, work)
    assert [state[:2] for state in states(fleet_url)] == [("marfa", "doing"), ("marfa_sport", "todo")]


def test_two_sites_of_one_host_are_never_given_out_together(engine: Engine) -> None:
    async def work(queue: JobQueue) -> None:
        await queue.enqueue([SITE, SIBLING])
        worker = await enter(queue)
        first = await fetch(queue, worker)
        assert first is not None
        assert await fetch(queue, worker) is None
        await JobEnds(queue).done(first, worker)
        second = await fetch(queue, worker)
        assert second is not None
        assert second.task_kwargs["site"] == SIBLING.name

    on_queue(engine, work)


def test_the_job_of_a_worker_that_is_silent_waits_again_and_that_of_a_living_one_does_not(
    engine: Engine, fleet_url: str
) -> None:
    async def work(queue: JobQueue) -> None:
        worker, _job = await begun(queue)
        assert await redo_stalled(queue) == []
        fleet_rows(fleet_url, SILENT, id=worker)
        assert await redo_stalled(queue) == [SITE.name]
        assert await redo_stalled(queue) == []
        assert await fetch(queue, await enter(queue)) is not None

    on_queue(engine, work)


def test_f10_a_stalled_job_whose_site_waits_anew_is_ended_and_the_other_one_runs(
    engine: Engine, fleet_url: str
) -> None:
    async def work(queue: JobQueue) -> None:
        worker, _job = await begun(queue)
        await queue._add(SITE)  # a second schedule that did not see the job run
        assert await fetch(queue, await enter(queue)) is None
        fleet_rows(fleet_url, SILENT, id=worker)
        assert await redo_stalled(queue) == [SITE.name]
        assert await fetch(queue, await enter(queue)) is not None

    on_queue(engine, work)
    assert [state[:2] for state in states(fleet_url)] == [("marfa", "doing")]


def test_a_job_that_is_done_again_while_its_site_waits_anew_gives_way(engine: Engine, fleet_url: str) -> None:
    async def work(queue: JobQueue) -> None:
        worker, job = await begun(queue)
        await queue._add(SITE)
        await JobEnds(queue).again(job, worker)

    on_queue(engine, work)
    assert states(fleet_url) == [("marfa", "todo", None)]


def test_an_orphan_whose_worker_was_struck_off_is_done_again(engine: Engine, fleet_url: str) -> None:
    async def work(queue: JobQueue) -> None:
        worker, _job = await begun(queue)
        fleet_rows(fleet_url, "delete from procrastinate_workers where id = :id", id=worker)
        assert states(fleet_url) == [("marfa", "doing", None)]
        assert await roster.beat(queue, worker) is None
        assert await redo_stalled(queue) == [SITE.name]

    on_queue(engine, work)
    assert states(fleet_url) == [("marfa", "todo", None)]


def test_a_worker_that_comes_back_does_not_end_the_job_that_another_one_has(engine: Engine, fleet_url: str) -> None:
    async def work(queue: JobQueue) -> None:
        worker, job = await begun(queue)
        fleet_rows(fleet_url, SILENT, id=worker)
        await redo_stalled(queue)
        other = await enter(queue)
        assert await fetch(queue, other) is not None
        for end in (JobEnds(queue).done, JobEnds(queue).again):
            await end(job, worker)
            assert states(fleet_url) == [("marfa", "doing", other)]

    on_queue(engine, work)


@pytest.mark.slow
def test_a_worker_that_is_stopped_in_the_middle_of_the_search_keeps_nobody_from_it(
    engine: Engine, fleet_url: str
) -> None:
    async def work(queue: JobQueue) -> None:
        worker, _job = await begun(queue)
        fleet_rows(fleet_url, SILENT, id=worker)
        with contextlib.suppress(psycopg.Error):  # the server has ended its transaction
            async with queue.transaction() as stopped:
                await stopped.execute("set local idle_in_transaction_session_timeout = '5s'")
                key = lock_key(f"{queue.schema}:stalled jobs")
                await stopped.execute("select pg_advisory_xact_lock(%s)", (key,))
                assert await redo_stalled(queue) == []
                await asyncio.sleep(7)
                assert await redo_stalled(queue) == [SITE.name]

    on_queue(engine, work)


def test_a_crawl_that_dies_again_and_again_has_failed_and_is_left_alone_until_it_is_tried_anew(
    engine: Engine, fleet_url: str
) -> None:
    async def work(queue: JobQueue) -> None:
        await queue.enqueue([SITE])
        worker, ends = await enter(queue), JobEnds(queue)
        for _ in range(MOST_TRIES):
            job = await fetch(queue, worker)
            assert job is not None
            await ends.retry(job, worker, "its process ended by signal 9")
        assert await fetch(queue, worker) is None
        assert (await queue.enqueue([SITE])).failed == [SITE.name]
        fleet_rows(fleet_url, "update warraq_failures set failed_at = failed_at - interval '2 hours'")
        assert (await queue.enqueue([SITE])).added == [SITE.name]
        job = await fetch(queue, worker)
        assert job is not None
        await ends.done(job, worker)

    on_queue(engine, work)
    assert states(fleet_url) == []
    assert fleet_rows(fleet_url, "select * from warraq_failures") == []


def test_what_a_newer_warraq_has_enqueued_is_never_given_to_this_one(engine: Engine, fleet_url: str) -> None:
    async def work(queue: JobQueue) -> None:
        await queue.enqueue([SITE])
        fleet_rows(fleet_url, "update procrastinate_jobs set queue_name = 'crawl2', args = args || '{\"version\": 2}'")
        assert await fetch(queue, await enter(queue)) is None

    on_queue(engine, work)
    assert VERSION == 1
    assert states(fleet_url) == [("marfa", "todo", None)]


def test_the_fleet_benchmark_takes_a_job_that_waits_again_for_one_that_its_dead_worker_has_no_more(
    engine: Engine, fleet_url: str
) -> None:
    query = "select worker_id, status::text from procrastinate_jobs"

    async def work(queue: JobQueue) -> int:
        worker, _ = await begun(queue)
        assert held_jobs(fleet_rows(fleet_url, query), worker)
        fleet_rows(fleet_url, SILENT, id=worker)
        assert await redo_stalled(queue) == [SITE.name]
        return worker

    worker = on_queue(engine, work)
    jobs = fleet_rows(fleet_url, query)
    assert jobs == [{"worker_id": worker, "status": "todo"}]  # as procrastinate leaves it
    assert not held_jobs(jobs, worker)
