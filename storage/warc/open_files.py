"""Opening of the file to which a run appends: a day file of its site that no other process writes, its end repaired.

An advisory lock on the file itself keeps two writers apart, whatever other locks they hold.
"""

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import IO

from storage.errors import ArchiveError
from storage.files import lock
from storage.messages import words_of
from storage.records import Position
from storage.warc.file_names import FOLDER, numbered
from storage.warc.gzip_members import members
from storage.warc.merged_files import merged_into
from storage.warc.store.object_store import store_of
from storage.warc.torn_files import cut_torn_end

_log = logging.getLogger("warraq.archive")
# Returns the last position in a file that a row refers to; None if no row does. The check of the end starts there.
LastPosition = Callable[[str], Position | None]


def no_rows(_name: str) -> None:
    """A LastPosition without a database: the whole file is checked."""


def open_to_append(folder: Path, stem: str, limit: int, last_position: LastPosition) -> tuple[IO[bytes], Path]:
    """Open the first of the day's files that has room, is intact and not locked, or a new one; lock it until closed.

    folder: the archive's. limit: size in bytes at which a file is full. A torn end, as left by a kill, is cut off, kept
    beside the file and logged. Raises OSError, and ArchiveError as `cut_torn_end`.
    """
    stored = _in_store(folder, stem)
    (folder / FOLDER).mkdir(exist_ok=True)
    paths = (folder / FOLDER / numbered(stem, number) for number in count(1))
    # The names of merged and uploaded files are in use: their bytes are elsewhere.
    left = (path for path in paths if path.name not in (stored or ()))
    free = (path for path in left if merged_into(folder, path.name, ask_store=stored is not None) is None)
    return next((file, path) for path in free if (file := _take(path, limit, last_position)) is not None)


def _in_store(folder: Path, stem: str) -> set[str] | None:
    """The names in the archive's store that begin with `stem`; None if the store does not answer, which is logged.

    A crawl can continue then: rows show which names are in use, and an upload never replaces another file.
    """
    try:
        store = store_of(folder)
        return set(store.states(stem)) if store is not None else set()
    except ArchiveError as error:
        _log.warning("%s", words_of(error))
        return None


def mend_ends(paths: list[Path], last_position: LastPosition) -> None:
    """Cut off torn ends that a kill left in these files, except in files that a process is writing."""
    for path in paths:
        with suppress(FileNotFoundError), path.open("r+b", buffering=0) as file:
            if lock(file):
                mend(file, path, last_position)


def mend(file: IO[bytes], path: Path, last_position: LastPosition) -> bool:
    """Cut off the torn end of a locked file. False if the file lacks a record of its rows; it is unchanged then."""
    start, last = 0, last_position(f"{FOLDER}/{path.name}")
    if last is not None:
        at_end = next(members(path, last.offset), None)
        if at_end is None or at_end.length != last.length:
            return False
        start = last.offset
    torn = cut_torn_end(path, start)
    if torn is not None:
        _log.warning("%s", torn.words())
    return True


def _take(path: Path, limit: int, last_position: LastPosition) -> IO[bytes] | None:
    """Open, lock and seek the file to its end; create it if missing. None if it must not be appended to."""
    if not path.exists() and last_position(f"{FOLDER}/{path.name}") is not None:
        return None  # it was lost; its rows must not refer to new bytes
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644), "r+b", buffering=0)
    try:
        if _is_ours(file, path, limit) and mend(file, path, last_position):
            if path.exists():
                file.seek(0, os.SEEK_END)
                return file
            file.close()  # it had no complete record and was renamed
            return _take(path, limit, last_position)
    except BaseException:
        file.close()
        raise
    file.close()
    return None


def _is_ours(file: IO[bytes], path: Path, limit: int) -> bool:
    """Lock the file; False if it is full, locked by another process, or was replaced meanwhile by a redacted one."""
    opened = os.fstat(file.fileno())
    try:
        return opened.st_size < limit and lock(file) and path.stat().st_ino == opened.st_ino
    except FileNotFoundError:
        return False
