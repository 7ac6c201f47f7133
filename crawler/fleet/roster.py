"""Registration of a fleet's workers, their heartbeats, and the operator's orders to them."""

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from crawler.fleet.crawl_order import VERSION
from crawler.fleet.job_queue import JobQueue

HEARTBEAT_S = 10.0

_ENTER = """
insert into warraq_workers (worker_id, host, pid, groups, at_once, heartbeat_s, payload_version, warraq_version,
    procrastinate_version)
values (%(id)s, %(host)s, %(pid)s, %(groups)s, %(at_once)s, %(heartbeat_s)s, %(payload)s, %(warraq)s, %(procrastinate)s)
"""
_BEAT = """
with beat as (update procrastinate_workers set last_heartbeat = now() where id = %(id)s returning id)
select paused_at is not null as is_paused, is_draining,
    array(select id from procrastinate_jobs where worker_id = %(id)s and status = 'doing') as jobs
from beat join warraq_workers on worker_id = beat.id cross join warraq_fleet
"""


@dataclass(frozen=True, slots=True)
class Orders:
    """Answer to a worker's heartbeat. jobs: ids of the jobs that the database assigns to it."""

    is_paused: bool
    is_draining: bool
    jobs: frozenset[int]


async def enter(queue: JobQueue, *, groups: Sequence[str], at_once: int, heartbeat_s: float) -> int:
    """Register this process as a worker; returns its id. Raises ConnectorException."""
    worker_id = await queue.manager.register_worker()
    await queue.execute(
        _ENTER,
        id=worker_id,
        host=socket.gethostname(),
        pid=os.getpid(),
        groups=list(groups),
        at_once=at_once,
        heartbeat_s=heartbeat_s,
        payload=VERSION,
        warraq=warraq_version(),
        procrastinate=version("procrastinate"),
    )
    return worker_id


async def beat(queue: JobQueue, worker_id: int) -> Orders | None:
    """Write a worker's heartbeat; returns its orders, None if it was removed meanwhile. Raises ConnectorException."""
    rows = await queue.rows(_BEAT, id=worker_id)
    return Orders(rows[0]["is_paused"], rows[0]["is_draining"], frozenset(rows[0]["jobs"])) if rows else None


async def leave(queue: JobQueue, worker_id: int) -> None:
    """Remove a worker that has ended in order. Raises ConnectorException."""
    await queue.manager.unregister_worker(worker_id)


def warraq_version() -> str:
    """The version of this program; "?" if it is not installed."""
    try:
        return version("warraq")
    except PackageNotFoundError:
        return "?"
