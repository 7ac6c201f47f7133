"""Schema revisions: checking an archive's revision, and migrating it to this version's."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from storage.db import views
from storage.errors import AlreadyRunning, ArchiveError, NoArchive, SchemaTooNew
from storage.files import lock
from storage.messages import message

FOLDER = Path(__file__).parent
# Every revision, oldest first; the last one is this version's. Listed here so that readers, which only compare
# revisions, need not import Alembic.
REVISIONS = tuple(f"{number:04}" for number in range(1, 29))
VERSION_TABLE = "warraq_version"
# The lock of the archive's schema, with a number that no other program is likely to use on the same server.
_TRY_LOCK = text("select pg_try_advisory_xact_lock(1466004082, hashtext(coalesce(current_schema(), '')))")
LOCK_WAIT_S = 60.0  # wait for another process that opens or upgrades the same archive


def current_revision(connection: Connection) -> str | None:
    """The revision of the archive's tables; None without tables."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    revision: str | None = connection.scalar(text(f"select version_num from {VERSION_TABLE}"))  # noqa: S608
    return revision


def no_archive(place: str) -> NoArchive:
    """The error for a place without an archive. place: its name in the message."""
    return NoArchive(
        message("there is no archive at {place}: crawl a site first, or name another with --archive", place=place)
    )


def check(connection: Connection, place: str) -> None:
    """As storage.db.database.check_schema. place: the archive's name in messages."""
    revision, known = current_revision(connection), REVISIONS[-1]
    if revision is None:
        raise no_archive(place)
    _refuse_newer(revision, place)
    if revision != known:
        raise ArchiveError(
            message(
                "the archive at {place} has schema {revision}, and this version reads {known}: `warraq reindex` "
                "upgrades it, as does any crawl",
                place=place,
                revision=revision,
                known=known,
            )
        )


def upgrade(engine: Engine, path: Path | None, place: str, *, then: Callable[[Connection], None] | None = None) -> None:
    """As storage.db.database.upgrade. path: the SQLite file, None on PostgreSQL. place: its name in messages."""
    with _folder_lock(path.parent) if path else nullcontext(), engine.connect() as plain:
        if path:
            # Stored in the file. Set without a transaction and under the lock, since it needs exclusive access.
            plain.connection.cursor().execute("pragma journal_mode = wal").close()
        connection = plain.execution_options(warraq_writing=True)
        with connection.begin():
            if not path:
                _advisory_lock(connection, place)
            revision = current_revision(connection)
            if revision is not None:
                _refuse_newer(revision, place)
            if revision != REVISIONS[-1]:
                if revision is not None and path:
                    _back_up(path, revision)
                # SQLite rewrites tables to change them, and PostgreSQL refuses to drop a column that a view uses.
                views.drop(connection)
                _migrate(connection)
                views.create(connection)
            if then is not None:
                then(connection)


def _refuse_newer(revision: str, place: str) -> None:
    if revision not in REVISIONS:
        raise SchemaTooNew(
            message(
                "the archive at {place} has schema {revision}, and this version knows {known} and older: install the "
                "newer Warraq that wrote it",
                place=place,
                revision=revision,
                known=REVISIONS[-1],
            )
        )


@contextmanager
def _folder_lock(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if not lock(descriptor, wait_s=LOCK_WAIT_S):
            raise _busy(str(folder))
        yield
    finally:
        os.close(descriptor)


def _advisory_lock(connection: Connection, place: str) -> None:
    """Wait for the lock of the archive's schema. Other archives in the same database have other locks."""
    until = time.monotonic() + LOCK_WAIT_S
    while not connection.scalar(_TRY_LOCK):
        if time.monotonic() >= until:
            raise _busy(place)
        time.sleep(0.05)


def _busy(place: str) -> AlreadyRunning:
    return AlreadyRunning(
        message(
            "another process has been opening or upgrading the archive at {place} for {seconds:g} s; nothing was "
            "done, try again when it is ready",
            place=place,
            seconds=LOCK_WAIT_S,
        )
    )


def _back_up(path: Path, revision: str) -> None:
    """Copy the database, with its write-ahead log, replacing an older copy of the same revision."""
    copy = path.with_name(f"{path.name}.{revision}.backup")
    part = copy.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
    part.replace(copy)


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - slow to import, and rarely needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, REVISIONS[-1])
