"""Which file a run appends to: the day's file of its site, after the check of its end, and never one that another has.

An advisory lock on the file itself keeps two writers apart, whatever else they hold.
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
# The name of a file to the last position in it that a row names; None: no row names any. So its end is found at once.
LastPosition = Callable[[str], Position | None]


def no_rows(_name: str) -> None:
    """The last position where there is no database to ask: the whole file is read."""


def open_to_append(folder: Path, stem: str, limit: int, last_position: LastPosition) -> tuple[IO[bytes], Path]:
    """The first file of that day that has room, is whole and is nobody else's, or a new one; locked until it is closed.

    folder: the archive's. limit: bytes from which on a file is full. A torn end, as a kill leaves, is cut off, kept
    beside the file and logged. Raises OSError, and ArchiveError as `cut_torn_end`.
    """
    stored = _in_store(folder, stem)
    (folder / FOLDER).mkdir(exist_ok=True)
    paths = (folder / FOLDER / numbered(stem, number) for number in count(1))
    # A name that was merged or uploaded stands for bytes that are elsewhere.
    left = (path for path in paths if path.name not in (stored or ()))
    free = (path for path in left if merged_into(folder, path.name, ask_store=stored is not None) is None)
    return next((file, path) for path in free if (file := _take(path, limit, last_position)) is not None)


def _in_store(folder: Path, stem: str) -> set[str] | None:
    """The names that begin so in the archive's store; None where it does not answer, which is logged.

    A crawl goes on then: rows tell which names are taken, and an upload never replaces another file.
    """
    try:
        store = store_of(folder)
        return set(store.states(stem)) if store is not None else set()
    except ArchiveError as error:
        _log.warning("%s", words_of(error))
        return None


def mend_ends(paths: list[Path], last_position: LastPosition) -> None:
    """Cut off torn ends that a kill left in these files, but not in those that somebody is writing."""
    for path in paths:
        with suppress(FileNotFoundError), path.open("r+b", buffering=0) as file:
            if lock(file):
                mend(file, path, last_position)


def mend(file: IO[bytes], path: Path, last_position: LastPosition) -> bool:
    """Cut off the torn end of a locked file. False: its rows say that it is longer, or another; it is left alone."""
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
    """The file, made if it is missing, locked, at its end; None where it is not to be appended to."""
    if not path.exists() and last_position(f"{FOLDER}/{path.name}") is not None:
        return None  # it was lost: nothing else must stand where its rows point
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644), "r+b", buffering=0)
    try:
        if _is_ours(file, path, limit) and mend(file, path, last_position):
            if path.exists():
                file.seek(0, os.SEEK_END)
                return file
            file.close()  # nothing in it was whole, and it was put aside
            return _take(path, limit, last_position)
    except BaseException:
        file.close()
        raise
    file.close()
    return None


def _is_ours(file: IO[bytes], path: Path, limit: int) -> bool:
    """Whether the file has room and nobody else has it. It was replaced meanwhile where something in it was erased."""
    opened = os.fstat(file.fileno())
    try:
        return opened.st_size < limit and lock(file) and path.stat().st_ino == opened.st_ino
    except FileNotFoundError:
        return False
