"""State of a fleet for `warraq fleet`: the workers, the queue, and the sites that are late or fail; pause and drain."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text

from crawler.fleet.crawl_order import VERSION
from crawler.fleet.tables import DEAD_AFTER, require_tables
from storage.db.database import refusals
from storage.schedule.site_schedules import SiteSchedule

_WORKERS = """
select worker_id as id, host, pid, groups, at_once, heartbeat_s, payload_version, warraq_version, started_at,
    last_heartbeat, is_draining, last_heartbeat > now() - make_interval(secs => :beats * heartbeat_s) as is_alive,
    array(select args->>'site' from procrastinate_jobs where procrastinate_jobs.worker_id = warraq_workers.worker_id
        and status = 'doing' order by id) as sites
from warraq_workers join procrastinate_workers on procrastinate_workers.id = worker_id order by host, pid
"""
_JOBS = "select status::text as status, args from procrastinate_jobs where status in ('todo', 'doing') order by id"
_FAILURES = "select site, message, failed_at from warraq_failures order by site"


@dataclass(frozen=True, slots=True)
class WorkerState:
    """One worker. id: for `warraq fleet drain`. sites: those it is crawling. Instants are aware."""

    id: int
    host: str
    pid: int
    groups: list[str]
    at_once: int
    heartbeat_s: float
    payload_version: int
    warraq_version: str
    started_at: datetime
    last_heartbeat: datetime
    is_draining: bool
    is_alive: bool
    sites: list[str]

    @property
    def status(self) -> str:
        """One of "dead", "draining" and "alive"."""
        if not self.is_alive:
            return "dead"
        return "draining" if self.is_draining else "alive"

    def as_json(self) -> dict[str, Any]:
        """Its object in `warraq fleet --json`."""
        shown = asdict(self) | {"status": self.status}
        del shown["is_draining"], shown["is_alive"]
        return shown | {"started_at": self.started_at.isoformat(), "last_heartbeat": self.last_heartbeat.isoformat()}


@dataclass(frozen=True, slots=True)
class FleetState:
    """A fleet at one moment. The lists hold names of sites.

    waiting, running: of jobs. newer: waiting jobs that only newer workers take. due: all sites that are due. late:
    sites that have been due for longer than their own interval. failing: site that fails to message.
    """

    workers: list[WorkerState]
    paused_at: datetime | None
    waiting: list[str] = field(default_factory=list)
    running: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)
    due: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    failing: dict[str, str] = field(default_factory=dict)

    @property
    def is_unattended(self) -> bool:
        """Whether jobs wait, and no worker is alive to take them."""
        return bool(self.waiting) and not any(each.status == "alive" for each in self.workers)

    def as_json(self) -> dict[str, Any]:
        """The object that `warraq fleet --json` prints."""
        return {
            "paused_at": self.paused_at.isoformat() if self.paused_at else None,
            "workers": [worker.as_json() for worker in self.workers],
            "waiting": self.waiting,
            "running": self.running,
            "newer": self.newer,
            "due": self.due,
            "late": self.late,
            "failing": self.failing,
        }


def fleet_state(
    engine: Engine, sites: Sequence[str], schedules: Mapping[str, SiteSchedule], now: datetime
) -> FleetState:
    """The present state. sites: the declared ones. Raises UsageError if there is no fleet, and ArchiveError."""
    with _fleet(engine) as connection:
        rows = connection.execute(text(_WORKERS), {"beats": DEAD_AFTER}).mappings()
        workers = [WorkerState(**row) for row in rows]
        jobs = [dict(row) for row in connection.execute(text(_JOBS)).mappings()]
        failures = {row.site: row.message for row in connection.execute(text(_FAILURES))}
        paused_at = connection.scalar(text("select paused_at from warraq_fleet"))
    due = [site for site in sites if _is_due(schedules.get(site, SiteSchedule()), now)]
    unanswered = {
        site: f"nothing could be read in {schedule.failures} crawls"
        for site, schedule in sorted(schedules.items())
        if schedule.failures and site in set(sites)
    }
    return FleetState(
        workers,
        paused_at,
        waiting=[job["args"]["site"] for job in jobs if job["status"] == "todo"],
        running=[job["args"]["site"] for job in jobs if job["status"] == "doing"],
        newer=[job["args"]["site"] for job in jobs if job["status"] == "todo" and _is_newer(job["args"])],
        due=due,
        late=[site for site in due if _is_late(schedules.get(site, SiteSchedule()), now)],
        failing=unanswered | failures,
    )


def set_paused(engine: Engine, *, paused: bool) -> None:
    """Pause or resume the fleet: paused workers start no further crawl. Raises as `fleet_state`."""
    with _fleet(engine) as connection:
        value = "coalesce(paused_at, now())" if paused else "null"
        connection.execute(text(f"update warraq_fleet set paused_at = {value}"))  # noqa: S608 - ours


def drain(engine: Engine, workers: Sequence[int]) -> list[int]:
    """Have these workers, or all if none is given, end as by SIGTERM; returns their ids. Raises as `fleet_state`."""
    with _fleet(engine) as connection:
        chosen = text(
            "update warraq_workers set is_draining = true where :every or worker_id = any(:ids) returning worker_id"
        )
        return sorted(connection.scalars(chosen, {"every": not workers, "ids": list(workers)}))


@contextmanager
def _fleet(engine: Engine) -> Iterator[Connection]:
    """A transaction on the fleet's tables."""
    schema = require_tables(engine)
    with refusals(engine), engine.begin() as connection:
        connection.exec_driver_sql(f'set local search_path to "{schema}"')
        yield connection


def _is_due(schedule: SiteSchedule, now: datetime) -> bool:
    return schedule.is_due(now) and not schedule.is_paused(now)


def _is_late(schedule: SiteSchedule, now: datetime) -> bool:
    return schedule.next_at is not None and schedule.next_at + schedule.interval < now


def _is_newer(payload: Mapping[str, Any]) -> bool:
    return bool(payload.get("version", 0) > VERSION)
