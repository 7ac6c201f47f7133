"""A lock that allows one copy to a database at a time. The server or the kernel releases it when its holder dies."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from storage.db.database import database_path, place, refusals
from storage.errors import AlreadyRunning, ArchiveError
from storage.files import lock, open_lock_file
from storage.messages import message

_KEY = "hashtext('warraq copy ' || current_schema())"


@contextmanager
def copy_lock(target: Engine) -> Iterator[None]:
    """Hold the lock of a target database. Does not wait.

    Raises AlreadyRunning when another process is copying there, ArchiveError when the lock file can't be created.
    """
    path = database_path(target)
    with _server_lock(target) if path is None else _file_lock(path.with_name(f"{path.name}.lock")) as mine:
        if not mine:
            raise AlreadyRunning(
                message("another process is copying to {target} already; nothing was done", target=place(target))
            )
        yield


@contextmanager
def _server_lock(target: Engine) -> Iterator[bool]:
    # Without a transaction: an open one would prevent vacuuming for as long as the copy takes.
    with refusals(target), target.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        mine = bool(connection.scalar(text(f"select pg_try_advisory_lock({_KEY})")))
        try:
            yield mine
        finally:
            if mine:
                connection.execute(text(f"select pg_advisory_unlock({_KEY})"))


@contextmanager
def _file_lock(path: Path) -> Iterator[bool]:
    # A separate file beside the database: closing a descriptor of the database file would release SQLite's own locks.
    try:
        file = open_lock_file(path)
    except OSError as error:
        raise ArchiveError(message("can't make {path}: {why}", path=path, why=error.strerror)) from error
    try:
        yield lock(file)
    finally:
        os.close(file)
