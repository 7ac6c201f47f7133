"""Connections and transactions of an archive's database, SQLite or PostgreSQL depending on its URL.

There are read and write transactions. Errors of the disk or the server become an ArchiveError that names the archive
and says what to do.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import orjson
from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, TimeoutError

from storage.db.database_url import archive_url, database_url, shown_url
from storage.db.error_messages import BUSY_TIMEOUT_S, DAMAGED, message_of, raced
from storage.db.incomplete_copy import refuse_incomplete
from storage.db.migrations import upgrade as revisions
from storage.errors import ArchiveError, DamagedValue, UsageError
from storage.messages import message
from storage.sanitise import all_sanitised

CONNECT_TIMEOUT_S = 10
POOL_SIZE = 12  # maximum number of connections that are kept open
Result = TypeVar("Result")


def connect(url: str | URL, *, readonly: bool = False, folder: Path | None = None) -> Engine:
    """Make an engine for `sqlite:///path` or `postgresql://…` (always psycopg 3). Does not connect yet.

    readonly: the engine refuses to write. folder: the archive's (`archive_folder`). Raises UsageError for other URLs.
    """
    parsed = database_url(url)
    is_file = parsed.get_backend_name() == "sqlite"
    engine = _sqlite(parsed, readonly=readonly) if is_file else _postgresql(parsed, readonly=readonly)
    if folder is not None:
        engine.update_execution_options(warraq_folder=folder)
    return engine


def archive_folder(engine: Engine) -> Path | None:
    """The archive's folder, with its files beside the tables; if not given, the folder of the SQLite file."""
    folder = engine.get_execution_options().get("warraq_folder")
    if isinstance(folder, Path):
        return folder
    path = database_path(engine)
    return path.parent if path is not None else None


def database_path(engine: Engine) -> Path | None:
    """The SQLite file; None on PostgreSQL."""
    path = engine.get_execution_options().get("warraq_path")
    return path if isinstance(path, Path) else None


def place(engine: Engine) -> str:
    """The database's name in messages, without secrets."""
    path = database_path(engine)
    return str(path) if path else shown_url(engine.url)


def open_readonly(folder: Path, db_url: str | None = None) -> Engine:
    """Open a read-only engine, for search, show, export and the web.

    Raises NoArchive if there is no archive, SchemaTooNew if a newer Warraq made it, ArchiveError if it is too old,
    damaged, an incomplete copy, or not reachable.
    """
    engine = connect(archive_url(folder, db_url), readonly=True, folder=folder.absolute())
    require(engine)
    check_schema(engine)
    with read_transaction(engine) as connection:
        refuse_incomplete(connection, place(engine))
    return engine


def require(engine: Engine) -> None:
    """Raise NoArchive if there is no archive of any version. Creates nothing."""
    path = database_path(engine)
    if path is not None and not path.is_file():
        raise revisions.no_archive(place(engine))
    with refusals(engine), engine.connect() as connection:
        if revisions.current_revision(connection) is None:
            raise revisions.no_archive(place(engine))


def check_schema(engine: Engine) -> None:
    """Raise NoArchive, SchemaTooNew, or ArchiveError (too old), unless this version can read the tables."""
    with refusals(engine), engine.connect() as connection:
        revisions.check(connection, place(engine))


def upgrade(engine: Engine, *, then: Callable[[Connection], None] | None = None) -> None:
    """Create the tables, or migrate them to this version's schema. If several processes try, one does it, others wait.

    An SQLite file with an older revision is first copied to `NAME.REVISION.backup`. then: called in the same
    transaction, also if nothing was migrated. Raises SchemaTooNew (nothing was changed) or ArchiveError.
    """
    with refusals(engine):
        try:
            revisions.upgrade(engine, database_path(engine), place(engine), then=then)
        except OSError as error:
            raise ArchiveError(
                message("the archive at {place} can't be made ready: {why}", place=place(engine), why=error.strerror)
            ) from error


@contextmanager
def writable(engine: Engine) -> Iterator[Engine]:
    """Yield the engine, or a writable one of the same database if it is read-only."""
    if not engine.get_execution_options().get("warraq_readonly"):
        yield engine
        return
    path = database_path(engine)
    twin = connect(URL.create("sqlite", database=str(path)) if path is not None else engine.url)
    try:
        yield twin
    finally:
        twin.dispose()


@contextmanager
def read_transaction(engine: Engine) -> Iterator[Connection]:
    """A read transaction. On SQLite it blocks no other process."""
    with refusals(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A read transaction whose statements all see the same state of the database."""
    with refusals(engine), engine.connect() as plain:
        # On SQLite every transaction is a snapshot.
        level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
        connection = plain.execution_options(**level)
        with connection.begin():
            yield connection


@contextmanager
def write_transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction for writing, committed at the end of the block or rolled back.

    On SQLite it takes the write lock at once (BEGIN IMMEDIATE): a transaction that reads first and locks later fails if
    another process has written in between. Threads of this process first wait for each other, so that they need not
    poll SQLite's lock.
    """
    turn = engine.get_execution_options().get("warraq_turn") or nullcontext()
    with turn, refusals(engine), engine.connect() as plain:
        connection = plain.execution_options(warraq_writing=True)
        with connection.begin():
            yield connection


def write(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    """Do the work in one `write_transaction`; repeat it, at most twice, if another writer raced with it."""
    for _ in range(2):
        try:
            with write_transaction(engine) as connection:
                return work(connection)
        except DBAPIError as error:
            if not raced(error):
                raise
    with write_transaction(engine) as connection:
        return work(connection)


@contextmanager
def refusals(engine: Engine) -> Iterator[None]:
    """Convert errors of the disk or the server into ArchiveError. Errors in Warraq's own SQL pass unchanged."""
    try:
        yield
    except DBAPIError as error:
        what = message_of(error)
        if what is None:
            raise
        raise ArchiveError(message("the archive at {place} {what}", place=place(engine), what=what)) from error
    except DamagedValue as error:
        raise ArchiveError(message("the archive at {place} {what}", place=place(engine), what=DAMAGED)) from error
    except TimeoutError as error:
        raise ArchiveError(message("the archive at {place} has no free connection", place=place(engine))) from error


def insert_into(connection: Connection, table: Table) -> Any:
    """An INSERT with `on_conflict_do_nothing` and `on_conflict_do_update`, which are the same on both databases."""
    return insert_on(connection.dialect.name, table)


@cache  # its `excluded` copies every column of the table
def insert_on(dialect: str, table: Table) -> Any:
    """As `insert_into`, by the name of the dialect, for cached statements."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - takes 30 ms, not needed for SQLite

        return postgresql.insert(table)
    return sqlite.insert(table)


def _dumps(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()  # column names are a subclass of str


def json_value(value: str | bytes) -> Any:
    """Parse the stored value of a JSON column. Raises DamagedValue if it is not JSON."""
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        pass
    try:
        return all_sanitised(json.loads(value))  # lone surrogates, which earlier versions wrote
    except ValueError as error:
        raise DamagedValue(str(error)) from error


# Python's json module escapes each Arabic letter with six bytes; UTF-8 needs two.
_JSON: dict[str, Any] = {"json_serializer": _dumps, "json_deserializer": json_value}


def _sqlite(url: URL, *, readonly: bool) -> Engine:
    path = Path(url.database or ".").absolute()
    if url.database in (None, "", ":memory:") or str(url.database).startswith("file:"):
        raise UsageError(message("an SQLite archive is a file: sqlite:///PATH"))
    name = f"file:{quote(str(path))}"
    query = {"uri": "true", "mode": "ro" if readonly else "rwc"}
    if readonly and not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists():
        # WAL needs a file beside the database. If it can't be created, no process is writing either.
        query["immutable"] = "1"
    engine = create_engine(
        URL.create("sqlite", database=name, query=query),
        connect_args={"timeout": BUSY_TIMEOUT_S},
        pool_size=POOL_SIZE,
        execution_options={"warraq_path": path, "warraq_turn": threading.Lock(), "warraq_readonly": readonly},
        hide_parameters=True,
        **_JSON,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # prevents the driver from beginning transactions itself
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma journal_size_limit = 67108864")
        if readonly:
            connection.execute("pragma query_only = on")
        else:  # overwrite deleted content; the default of many builds of SQLite
            connection.execute("pragma secure_delete = on")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("warraq_writing", False)
        connection.exec_driver_sql("begin immediate" if immediate else "begin")

    return engine


def _postgresql(url: URL, *, readonly: bool) -> Engine:
    engine = create_engine(
        url,
        connect_args={"connect_timeout": CONNECT_TIMEOUT_S},
        pool_pre_ping=True,
        pool_size=POOL_SIZE,
        execution_options={"warraq_readonly": readonly},
        hide_parameters=True,
        **_JSON,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("set time zone 'UTC'")  # queries cut dates from instants
            if readonly:
                cursor.execute("set default_transaction_read_only = on")
        connection.commit()

    return engine
