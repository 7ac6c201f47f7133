"""Rows of `runs`: what one crawl of one site did, true at every moment, also when it is killed at the next."""

import os
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from sqlalchemy import Connection, insert, select, update

from storage.records import Reason, RunStatus
from storage.schema import runs


def start(connection: Connection, site: str, *, now: datetime) -> int:
    """The new run's id. The caller holds the site's lock, so a run that is still "running" was killed."""
    connection.execute(
        update(runs).where(runs.c.site == site, runs.c.status == "running").values(status="failed", message="killed")
    )
    statement = insert(runs).values(
        site=site, started_at=now, status="running", reasons={}, pid=os.getpid(), warraq=_program_version()
    )
    return int(connection.execute(statement.returning(runs.c.id)).scalar_one())


def finish(
    connection: Connection,
    run_id: int,
    *,
    status: RunStatus,
    now: datetime,
    requests: int,
    message: str | None = None,
) -> None:
    """End a run; its counts stay what the saves made them. requests: all that were sent."""
    connection.execute(
        update(runs)
        .where(runs.c.id == run_id)
        .values(status=status, finished_at=now, requests=requests, message=message)
    )


def count(
    connection: Connection,
    run_id: int,
    *,
    pages: int = 0,
    new: int = 0,
    changed: int = 0,
    same: int = 0,
    gone: int = 0,
    reason: Reason | None = None,
) -> None:
    """Add to a run's counts, in the transaction of what is counted."""
    values: dict[str, Any] = {
        "pages": runs.c.pages + pages,
        "new": runs.c.new + new,
        "changed": runs.c.changed + changed,
        "same": runs.c.same + same,
        "gone": runs.c.gone + gone,
    }
    if reason is not None:
        held = select(runs.c.reasons).where(runs.c.id == run_id).with_for_update()
        reasons = dict(connection.scalar(held) or {})
        reasons[reason.value] = reasons.get(reason.value, 0) + 1
        values["reasons"] = reasons
    connection.execute(update(runs).where(runs.c.id == run_id).values(values))


def _program_version() -> str:
    try:
        return version("warraq")[:32]
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "unknown"
