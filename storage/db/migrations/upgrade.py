"""Brings an archive's tables to the form that this version of Warraq writes, and tells when they are not."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from storage.errors import ArchiveError, NoArchive, SchemaTooNew
from storage.files import lock

FOLDER = Path(__file__).parent
# Every revision, oldest first; the last one is what this version writes. Written here so that readers, which
# only compare, need not load Alembic.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
VERSION_TABLE = "warraq_version"
# Any number that no other program is likely to lock on the same server.
_LOCK = 0x57617272


def current_revision(connection: Connection) -> str | None:
    """The revision of the archive's tables; None: there are none yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.scalar(text(f"select version_num from {VERSION_TABLE}"))  # noqa: S608
    return found


def no_archive(place: str) -> NoArchive:
    """What to raise where there is none. place: how the message names it."""
    return NoArchive(f"there is no archive at {place}: crawl a site first, or name another with --archive")


def check(connection: Connection, place: str) -> None:
    """As storage.db.database.check_schema. place: how messages name the archive."""
    found, known = current_revision(connection), REVISIONS[-1]
    if found is None:
        raise no_archive(place)
    _refuse_newer(found, place)
    if found != known:
        raise ArchiveError(
            f"the archive at {place} has schema {found}, and this version reads {known}: `warraq reindex` upgrades it, "
            "as does any crawl"
        )


def upgrade(engine: Engine, path: Path | None, place: str, *, then: Callable[[Connection], None] | None = None) -> None:
    """As storage.db.database.upgrade. path: the SQLite file, None on PostgreSQL. place: how messages name it."""
    with _folder_lock(path.parent) if path else nullcontext(), engine.connect() as plain:
        if path:
            # Kept in the file. Outside of a transaction, and under the lock: it needs the file for itself.
            plain.connection.cursor().execute("pragma journal_mode = wal").close()
        connection = plain.execution_options(warraq_writing=True)
        with connection.begin():
            if not path:
                connection.execute(text(f"select pg_advisory_xact_lock({_LOCK})"))
            found = current_revision(connection)
            if found is not None:
                _refuse_newer(found, place)
            if found != REVISIONS[-1]:
                if found is not None and path:
                    _back_up(path, found)
                _migrate(connection)
            if then is not None:
                then(connection)


def _refuse_newer(found: str, place: str) -> None:
    if found not in REVISIONS:
        raise SchemaTooNew(
            f"the archive at {place} has schema {found}, and this version knows {REVISIONS[-1]} and older: "
            "install the newer Warraq that wrote it"
        )


@contextmanager
def _folder_lock(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        lock(descriptor, wait=True)
        yield
    finally:
        os.close(descriptor)


def _back_up(path: Path, revision: str) -> None:
    """A whole copy, the write-ahead log included; an older copy of the same revision makes way."""
    copy = path.with_name(f"{path.name}.{revision}.backup")
    unfinished = copy.with_name(f"{copy.name}.part")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.replace(copy)


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - slow to load, and needed once in an archive's life
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, REVISIONS[-1])
