"""One copy to a database at a time: a lock that the server or the kernel lets go when its holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from storage.db.database import database_path, place, refusals
from storage.errors import AlreadyRunning, ArchiveError

_KEY = "hashtext('warraq copy ' || current_schema())"


@contextmanager
def alone(target: Engine) -> Iterator[None]:
    """Raises AlreadyRunning at once when another process is copying there; ArchiveError when nothing can be locked."""
    path = database_path(target)
    with _server_lock(target) if path is None else _file_lock(path.with_name(f"{path.name}.lock")) as mine:
        if not mine:
            raise AlreadyRunning(f"another process is copying to {place(target)} already; nothing was done")
        yield


@contextmanager
def _server_lock(target: Engine) -> Iterator[bool]:
    # Outside of a transaction: an open one would keep the server from clearing up for as long as the copy takes.
    with refusals(target), target.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        mine = bool(connection.scalar(text(f"select pg_try_advisory_lock({_KEY})")))
        try:
            yield mine
        finally:
            if mine:
                connection.execute(text(f"select pg_advisory_unlock({_KEY})"))


@contextmanager
def _file_lock(path: Path) -> Iterator[bool]:
    # Beside the database, not on it: whoever closes a handle of that file lets go of SQLite's own locks. It stays:
    # removing it would let two copies hold two files of one name.
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ArchiveError(f"can't make {path}: {error.strerror}") from error
    try:
        yield _locked(file)
    finally:
        os.close(file)


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
