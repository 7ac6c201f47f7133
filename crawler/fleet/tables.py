"""The fleet's tables, in a schema of their own beside the archive's: procrastinate's, and those of the workers.

The first process that needs them creates them; others wait meanwhile. A migration to a newer procrastinate has two
steps, as procrastinate intends: the changes that older workers can work with are made at once, the others ("post") when
no older worker is alive.
"""

from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import cast

import psycopg
from sqlalchemy import Connection, Engine, text

from storage.db.advisory_locks import lock_key
from storage.db.database import place, refusals
from storage.errors import ArchiveError, UsageError
from storage.messages import message

DEAD_AFTER = 1.5  # heartbeat intervals without a heartbeat
_LONGEST_NAME = 63  # of PostgreSQL, in bytes
_TABLES = """
create table if not exists warraq_fleet (
    only_row boolean primary key default true check (only_row),
    paused_at timestamptz,
    applied text[] not null
);
create table if not exists warraq_workers (
    worker_id bigint primary key references procrastinate_workers (id) on delete cascade,
    host text not null,
    pid integer not null,
    groups text[] not null,
    at_once integer not null,
    heartbeat_s double precision not null,
    payload_version integer not null,
    warraq_version text not null,
    procrastinate_version text not null,
    started_at timestamptz not null default now(),
    is_draining boolean not null default false
);
create table if not exists warraq_failures (
    job_id bigint primary key references procrastinate_jobs (id) on delete cascade,
    site text not null,
    message text not null,
    failed_at timestamptz not null default now()
);
"""


def make_tables(engine: Engine) -> str:
    """Create or migrate the tables of the archive's fleet; returns the name of their schema.

    Raises ArchiveError if the server is not reached, or the user may not create a schema.
    """
    with refusals(engine), engine.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": lock_key("fleet tables")})
        name = _schema_name(connection)
        try:
            if not _exists(connection, name):
                connection.exec_driver_sql(f'create schema "{name}"')
            connection.exec_driver_sql(f'set local search_path to "{name}"')
            _migrate(connection)
        except Exception as error:
            if not isinstance(getattr(error, "orig", error), psycopg.errors.InsufficientPrivilege):
                raise
            raise ArchiveError(
                message(
                    "the user of {place} may not make the fleet's tables; as the owner of the database, run: create "
                    'schema "{name}" authorization USER',
                    place=place(engine),
                    name=name,
                )
            ) from error
    return name


def require_tables(engine: Engine) -> str:
    """The name of the schema. Raises UsageError if there is no fleet yet."""
    with refusals(engine), engine.connect() as connection:
        name = _schema_name(connection)
        if connection.scalar(text("select to_regclass(:table)"), {"table": f'"{name}".warraq_fleet'}) is None:
            raise UsageError(message("no fleet works for this archive yet: `warraq schedule` begins one"))
    return name


def _schema_name(connection: Connection) -> str:
    """`warraq_fleet`; if the archive's tables are in a schema NAME other than public, NAME_fleet."""
    own = connection.scalar(text("select current_schema()"))
    if own is None:
        raise UsageError(message("the database URL's search_path names no schema that exists"))
    return "warraq_fleet" if own == "public" else f"{str(own)[: _LONGEST_NAME - 6]}_fleet"


def _exists(connection: Connection, name: str) -> bool:
    return connection.scalar(text("select 1 from pg_namespace where nspname = :name"), {"name": name}) is not None


def _migrate(connection: Connection) -> None:
    sql = files("procrastinate.sql")
    steps = sorted(each.name for each in (sql / "migrations").iterdir() if Path(each.name).suffix == ".sql")
    applied = _applied(connection)
    if applied is None:
        _run(connection, (sql / "schema.sql").read_text(encoding="utf-8"))
        _run(connection, _TABLES)
        _note(connection, steps)
        return
    _run(connection, _TABLES)
    missing = [step for step in steps if step not in applied]
    if missing and _older_workers(connection):
        missing = [step for step in missing if "_post_" not in step]
    for step in missing:
        _run(connection, (sql / "migrations" / step).read_text(encoding="utf-8"))
    if missing:
        _note(connection, [*applied, *missing])


def _applied(connection: Connection) -> list[str] | None:
    """The migrations of procrastinate that were applied; None if there are no tables."""
    if connection.scalar(text("select to_regclass('warraq_fleet')")) is None:
        return None
    return list(connection.scalar(text("select applied from warraq_fleet")) or ())


def _older_workers(connection: Connection) -> bool:
    """Whether a worker with another version of procrastinate is alive."""
    living = text(
        "select 1 from warraq_workers join procrastinate_workers on id = worker_id "
        "where procrastinate_version <> :own and last_heartbeat > now() - make_interval(secs => :beats * heartbeat_s)"
    )
    return connection.scalar(living, {"own": version("procrastinate"), "beats": DEAD_AFTER}) is not None


def _note(connection: Connection, steps: list[str]) -> None:
    connection.execute(
        text(
            "insert into warraq_fleet (applied) values (:steps) on conflict (only_row) do update set applied = :steps"
        ),
        {"steps": steps},
    )


def _run(connection: Connection, script: str) -> None:
    """Run a script of several statements, in which % is no placeholder."""
    driver = cast("psycopg.Connection[tuple[object, ...]]", connection.connection.driver_connection)
    driver.execute(script.encode())
