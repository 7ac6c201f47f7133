"""A lock on the set of WARC files: shared by processes that read all files, exclusive for deleting merged ones.

Crawls don't need it, since they only add files. Nor does reading a single record, which is found in a merged file, too.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.errors import AlreadyRunning, ArchiveError
from storage.files import lock, open_lock_file
from storage.messages import message

_NAME = "warc-files"  # in the folder of locks; no site's lock has this name
WAIT_S = 60.0


@contextmanager
def files_stay(folder: Path) -> Iterator[None]:
    """Prevent WARC files from being deleted by merges within the block. folder: the archive's; it may be read-only.

    Raises AlreadyRunning when a merge takes longer than WAIT_S seconds.
    """
    file = None
    with suppress(OSError):
        file = open_lock_file(folder / "locks" / _NAME)
    if file is None:
        with suppress(OSError):  # if the lock can't be created, no process can merge either
            file = os.open(folder / "locks" / _NAME, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if file is not None and not lock(file, wait_s=WAIT_S, shared=True):
            raise AlreadyRunning(
                message("`warraq compact` is at work in {folder}; nothing was done, try again later", folder=folder)
            )
        yield
    finally:
        if file is not None:
            os.close(file)


@contextmanager
def files_move(folder: Path, *, wait_s: float | None = None) -> Iterator[None]:
    """Keep other processes from reading all WARC files within the block. folder: the archive's.

    Raises AlreadyRunning when one does so for longer than wait_s seconds (None: WAIT_S), ArchiveError if the lock file
    can't be created.
    """
    try:
        (folder / "locks").mkdir(exist_ok=True)
        file = open_lock_file(folder / "locks" / _NAME)
    except OSError as error:
        raise ArchiveError(
            message("can't lock {path}: {why}", path=folder / "locks" / _NAME, why=error.strerror)
        ) from error
    try:
        if not lock(file, wait_s=WAIT_S if wait_s is None else wait_s):
            raise AlreadyRunning(
                message("{folder} is being verified or backed up; try again when that is done", folder=folder)
            )
        yield
    finally:
        os.close(file)
