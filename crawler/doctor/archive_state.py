"""Checks of an archive: its database, folder, disk and growth, locks and their holders, and the clock."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, func, select, text

from crawler.doctor.diagnosis import Diagnosis, State
from crawler.locks import held_locks
from storage.db.clock import CLOCK_ERROR
from storage.db.database import database_path, open_readonly, place, read_transaction
from storage.db.migrations.upgrade import REVISIONS
from storage.db.schema import captures, runs
from storage.errors import ArchiveError, NoArchive, UsageError
from storage.messages import message, words_of
from storage.queries.run_history import future_runs, last_starts

GIB = 1024**3
LEAST_FREE = 1 * GIB
FEW_DAYS, VERY_FEW_DAYS = 30, 3  # until the disk is full
GROWTH_DAYS = 7  # the growth is measured over these days


def check_archive(folder: Path, db_url: str | None, *, now: datetime) -> Iterator[Diagnosis]:
    """Run all checks of this module. now: aware."""
    engine = None
    try:
        engine = open_readonly(folder, db_url)
        yield _database(engine)
    except NoArchive as error:
        yield Diagnosis("database", "warn", words_of(error), message("the first crawl makes it"))
    except (ArchiveError, UsageError) as error:
        yield Diagnosis("database", "bad", words_of(error), message("do what the message says"))
    yield _folder(folder)
    yield _disk(folder, _growth(engine, now) if engine is not None else None)
    yield _locks(folder, engine)
    if engine is not None:
        yield _clock(engine, now)
        engine.dispose()


def _database(engine: Engine) -> Diagnosis:
    path = database_path(engine)
    if path is not None:
        size = sum(
            part.stat().st_size for part in path.parent.glob(f"{path.name}*") if not part.name.endswith("backup")
        )
    else:
        with read_transaction(engine) as connection:
            size = int(connection.scalar(text("select pg_database_size(current_database())")) or 0)
    return Diagnosis(
        "database",
        "ok",
        message(
            "{place}: schema {revision}, {gib:,.2f} GiB", place=place(engine), revision=REVISIONS[-1], gib=size / GIB
        ),
    )


def _folder(folder: Path) -> Diagnosis:
    existing = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    if not os.access(existing, os.W_OK | os.X_OK):
        return Diagnosis(
            "folder",
            "bad",
            message("{folder} can't be written", folder=existing),
            message("check who owns it, and who runs the crawls"),
        )
    return Diagnosis("folder", "ok", message("{folder} can be written", folder=folder.absolute()))


def _growth(engine: Engine, now: datetime) -> float:
    """Bytes of WARC records per day, over the last GROWTH_DAYS."""
    since = now - timedelta(days=GROWTH_DAYS)
    size = select(func.coalesce(func.sum(captures.c.warc_length), 0)).where(
        captures.c.fetched_at > since, captures.c.fetched_at <= now
    )
    with read_transaction(engine) as connection:
        first = connection.scalar(select(func.min(captures.c.fetched_at)))
        total = int(connection.scalar(size) or 0)
    days = min(float(GROWTH_DAYS), max(1.0, (now - first) / timedelta(days=1))) if first else 1.0
    return total / days


def _disk(folder: Path, growth: float | None) -> Diagnosis:
    existing = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    free = shutil.disk_usage(existing).free
    detail = message("{gib:,.1f} GiB free", gib=free / GIB)
    state: State = "ok"
    if growth:
        days = free / growth
        detail = message(
            "{free}; WARC files grow by {mib:,.1f} MiB a day: full in {days:,.0f} days or more",
            free=detail,
            mib=growth / 1024**2,
            days=min(days, 9999),
        )
        state = "bad" if days < VERY_FEW_DAYS else "warn" if days < FEW_DAYS else "ok"
    if free < LEAST_FREE:
        state = "bad"
    room = message("make room, or move the archive; `crawl --min-free 5G` stops before it is full")
    return Diagnosis("disk", state, detail, None if state == "ok" else room)


def _locks(folder: Path, engine: Engine | None) -> Diagnosis:
    held = held_locks(folder)
    killed: list[str] = []
    if engine is not None:
        with read_transaction(engine) as connection:
            running = select(runs.c.site).where(runs.c.status == "running").distinct().order_by(runs.c.site)
            killed = [site for site in connection.scalars(running) if site not in held | held_locks(folder)]
    detail = "; ".join(f"{site} {who}" for site, who in held.items()) or message("no site is being crawled")
    if killed:
        advice = message("the next crawl of the site marks the run and goes on; see the system's log for the cause")
        dead = message("{held}; killed and not crawled since: {sites}", held=detail, sites=", ".join(killed))
        return Diagnosis("locks", "warn", dead, advice)
    return Diagnosis("locks", "ok", detail)


def _clock(engine: Engine, now: datetime) -> Diagnosis:
    advice = message("set the clock (timedatectl); what lies after the present is not believed")
    future = future_runs(engine, now=now)
    if future:
        detail = ", ".join(f"{site} {at:%Y-%m-%d}" for site, at in sorted(future.items()))
        late = message("it is {now:%Y-%m-%d %H:%M} UTC, and runs are dated later: {runs}", now=now, runs=detail)
        return Diagnosis("clock", "warn", late, advice)
    if database_path(engine) is None:
        with read_transaction(engine) as connection:
            away = abs(connection.execute(select(func.now())).scalar_one() - now)
        if away > CLOCK_ERROR / 12:
            detail = message("it differs by {seconds:,.0f} s from the database's", seconds=away.total_seconds())
            return Diagnosis("clock", "warn", detail, advice)
    newest = max(last_starts(engine, now=now).values(), default=None)
    begun = message("no crawl yet")
    if newest:
        begun = message("the newest crawl began {at:%Y-%m-%d %H:%M} UTC", at=newest)
    return Diagnosis("clock", "ok", message("it is {now:%Y-%m-%d %H:%M} UTC; {crawl}", now=now, crawl=begun))
