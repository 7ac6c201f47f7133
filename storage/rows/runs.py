"""Rows of `runs`: the results of one crawl of one site. The counts are correct at any time, also after a kill."""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version

from sqlalchemy import Connection, bindparam, func, insert, select, update

from storage.db.database import insert_into
from storage.db.schema import Row, captures, runs, sites
from storage.records import Reason, RunKind
from storage.revisits import UNKNOWN_SITE, SiteEdits
from storage.rows.revisit_state import replan
from storage.sanitise import all_sanitised, sanitised
from storage.warc.file_names import day_stem, run_name

EDITS_OF, NEWS, ENOUGH_NEWS = timedelta(days=14), 100, 30
_COUNTED = ("pages", "new", "changed", "same", "gone")
_COUNT = (
    update(runs)
    .where(runs.c.id == bindparam("run_id"))
    .values({name: runs.c[name] + bindparam(f"more_{name}") for name in _COUNTED})
)
_REASONS = select(runs.c.reasons).where(runs.c.id == bindparam("run_id")).with_for_update()
_SET_REASONS = update(runs).where(runs.c.id == bindparam("run_id")).values(reasons=bindparam("counted"))


def record_site(connection: Connection, name: str, fields: Row) -> None:
    """Insert a site, or update its fields. fields: the other columns of `sites`."""
    statement = insert_into(connection, sites).values(name=name, **fields)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=fields))


def start(connection: Connection, site: str, *, kind: RunKind, now: datetime) -> int:
    """Insert a run and return its id. The caller holds the site's lock, so a run still "running" was killed."""
    replan(connection, site, now=now)
    connection.execute(
        update(runs).where(runs.c.site == site, runs.c.status == "running").values(status="failed", message="killed")
    )
    statement = insert(runs).values(
        site=site,
        kind=kind,
        started_at=now,
        status="running",
        reasons={},
        pid=os.getpid(),
        warraq=_program_version(),
    )
    return int(connection.execute(statement.returning(runs.c.id)).scalar_one())


def edits_of(connection: Connection, site: str, *, now: datetime) -> SiteEdits:
    """The site's edit counts from its crawls of the last two weeks.

    Unknown with fewer than ENOUGH_NEWS articles. A crawl with more than NEWS new articles was the first or a backfill,
    and does not count: most of its articles are too old to be edited.
    """
    counts = select(func.sum(runs.c.new), func.sum(runs.c.changed))
    recent = runs.c.started_at.between(now - EDITS_OF, now)
    row = connection.execute(counts.where(runs.c.site == site, recent, runs.c.kind == "crawl", runs.c.new <= NEWS))
    new, changed = row.one()
    return SiteEdits(int(new), int(changed)) if (new or 0) >= ENOUGH_NEWS else UNKNOWN_SITE


def add_imports(connection: Connection, rows: Sequence[Row]) -> None:
    """Insert finished imports of texts. rows: site, started_at, finished_at, message, and their counts."""
    about = {"kind": "import", "status": "done", "reasons": {}, "pid": os.getpid(), "warraq": _program_version()}
    connection.execute(insert(runs), [{**about, **row, "message": sanitised(row["message"])} for row in rows])


def about(connection: Connection, run_id: int) -> tuple[str, datetime, dict[str, str | None]]:
    """The run's site, its start, and the site's fields home, title, country, timezone."""
    columns = (runs.c.site, runs.c.started_at, sites.c.home, sites.c.title, sites.c.country, sites.c.timezone)
    joined = select(*columns).select_from(runs.outerjoin(sites, sites.c.name == runs.c.site))
    row = connection.execute(joined.where(runs.c.id == run_id)).one()
    known = {f"warraq-{name}": row._mapping[name] for name in ("home", "title", "country", "timezone")}
    return row.site, row.started_at, known


def killed_run_stems(connection: Connection, site: str) -> set[str]:
    """The beginnings of WARC file names of unfinished runs. The caller holds the site's lock, so they were killed."""
    statement = select(runs.c.started_at).where(runs.c.site == site, runs.c.status == "running")
    return {day_stem(site, started_at) for started_at in connection.scalars(statement)}


def of_span(connection: Connection, warc_file: str, start: int, end: int) -> int | None:
    """The run whose captures are in that part of a file; None if no row is there."""
    here = (captures.c.warc_file == warc_file) & captures.c.warc_offset.between(start, end - 1)
    statement = select(captures.c.run_id).where(here, captures.c.run_id.is_not(None))
    run_id: int | None = connection.scalar(statement.limit(1))
    return run_id


def named(connection: Connection, site: str, run_id: int, name: str) -> int | None:
    """Return run_id if `name` is the name of that run, else None."""
    started_at = connection.scalar(select(runs.c.started_at).where(runs.c.id == run_id, runs.c.site == site))
    return run_id if started_at is not None and run_name(site, run_id, started_at) == name else None


def finish(connection: Connection, run_id: int, fields: Row) -> str:
    """Finish a run and return its site. fields: status, finished_at, requests, message, found; the counts stay."""
    servers_words = all_sanitised({name: fields[name] for name in ("message", "found")})
    values = {**fields, **servers_words}
    return str(connection.scalar(update(runs).where(runs.c.id == run_id).values(values).returning(runs.c.site)))


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
    """Add to a run's counts, in the transaction that saves the counted rows."""
    if reason is not None:
        reasons = dict(connection.scalar(_REASONS, {"run_id": run_id}) or {})
        reasons[reason.value] = reasons.get(reason.value, 0) + 1
        connection.execute(_SET_REASONS, {"run_id": run_id, "counted": reasons})
    more = dict(zip(_COUNTED, (pages, new, changed, same, gone), strict=True))
    if any(more.values()):
        connection.execute(_COUNT, {"run_id": run_id, **{f"more_{name}": value for name, value in more.items()}})


def note_requests(connection: Connection, run_id: int, requests: int) -> None:
    """Set the number of requests that a run has sent so far."""
    connection.execute(update(runs).where(runs.c.id == run_id).values(requests=requests))


def _program_version() -> str:
    try:
        return version("warraq")[:32]
    except PackageNotFoundError:  # running from a checkout that is not installed
        return "unknown"
