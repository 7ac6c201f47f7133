"""The queue of crawls: procrastinate's queue in the fleet's schema, with one process's connections."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from psycopg import AsyncConnection
from sqlalchemy import Engine

from crawler.fleet.crawl_order import TASK, CrawlOrder, host_lock, queue_of, site_queueing_lock
from crawler.fleet.tables import make_tables
from crawler.site import Site
from storage.db.database import CONNECT_TIMEOUT_S

POOL_SIZE = 4
_PRESENT = """
select args->>'site' as site from procrastinate_jobs where status in ('todo', 'doing') and task_name = %(task)s
"""
FAILED_S = 3600  # after its last try, before a failed crawl is enqueued again


@dataclass(frozen=True, slots=True)
class Enqueued:
    """Names of sites, as a round of the schedule handled them. added: enqueued now. present: waiting or being crawled.

    failed: not enqueued, as their last job failed within the last hour.
    """

    added: list[str]
    present: list[str]
    failed: list[str]


class JobQueue:
    """The queue in the engine's database, with procrastinate's tables in `schema`. An asynchronous context manager."""

    def __init__(self, engine: Engine) -> None:
        self.schema = make_tables(engine)
        arguments = engine.dialect.create_connect_args(engine.url)[1]
        self._connector = PsycopgConnector(
            kwargs={"connect_timeout": CONNECT_TIMEOUT_S, **arguments},
            configure=self._configure,
            min_size=1,
            max_size=POOL_SIZE,
            timeout=CONNECT_TIMEOUT_S,
        )
        self._app = App(connector=self._connector)

    async def _configure(self, connection: AsyncConnection[Any]) -> None:
        await connection.set_autocommit(True)
        await connection.execute(f'set search_path to "{self.schema}"')

    @property
    def manager(self) -> JobManager:
        """Operations of procrastinate on jobs and workers. They raise ConnectorException."""
        return self._app.job_manager

    async def rows(self, query: str, **arguments: Any) -> list[dict[str, Any]]:
        """The rows of a query with arguments as %(name)s. Raises ConnectorException."""
        rows: list[dict[str, Any]] = await self._connector.execute_query_all_async(query, **arguments)
        return rows

    async def execute(self, query: str, **arguments: Any) -> None:
        """As `rows`, for a statement that returns none."""
        await self._connector.execute_query_async(query, **arguments)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection[Any]]:
        """A transaction of several statements. Raises psycopg.Error."""
        async with self._connector.pool.connection() as connection, connection.transaction():
            yield connection

    async def enqueue(self, sites: Iterable[Site]) -> Enqueued:
        """Enqueue a crawl of each of these sites, in order, unless one waits, runs, or failed within the last hour."""
        jobs = await self.rows(_PRESENT, task=TASK)
        busy = {row["site"] for row in jobs}
        recent = await self.rows(
            "select site from warraq_failures where failed_at > now() - make_interval(secs => %(seconds)s)",
            seconds=FAILED_S,
        )
        resting = {row["site"] for row in recent}
        result = Enqueued([], [], [])
        for site in sites:
            if site.name in busy or not (site.name in resting or await self._add(site)):
                result.present.append(site.name)
            elif site.name in resting:
                result.failed.append(site.name)
            else:
                result.added.append(site.name)
        return result

    async def _add(self, site: Site) -> bool:
        deferrer = self._app.configure_task(
            TASK,
            queue=queue_of(site.groups),
            lock=host_lock(site.host),
            queueing_lock=site_queueing_lock(site.name),
        )
        try:
            await deferrer.defer_async(**CrawlOrder(site.name, datetime.now(UTC)).payload())
        except AlreadyEnqueued:
            return False
        return True

    async def __aenter__(self) -> Self:
        await self._app.open_async()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._app.close_async()
