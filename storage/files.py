"""File locks, syncing to disk, and atomic replacement of files.

Every lock is an advisory `flock`: the kernel releases it when the file is closed or its holder dies.
"""

import fcntl
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, BinaryIO

from storage.errors import ArchiveError, UsageError
from storage.messages import message

_POLL_S = 0.05  # between two attempts to take a lock that is held


def lock(file: int | IO[Any], *, wait_s: float = 0.0, shared: bool = False) -> bool:
    """Take the lock of an open file or folder. False: another process holds it.

    wait_s: seconds to wait for it. shared: a shared lock, which several can hold, and which excludes exclusive locks.
    """
    until = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_POLL_S)
        else:
            return True


def open_lock_file(path: Path) -> int:
    """Open a lock file and return its descriptor. Raises OSError.

    The file is never removed: otherwise two processes could hold the locks of two files of the same name.
    """
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def sync(file: IO[bytes]) -> None:
    """Sync an open file to disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Sync the names in a folder to disk, after a file was created or renamed there."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def atomic_write(target: Path) -> Iterator[BinaryIO]:
    """Write a file named by the user, with `replacement`. A symbolic link is followed and stays a link.

    Raises UsageError when the folder is missing or the target is not a regular file, ArchiveError when the disk
    refuses or another process is writing the same target.
    """
    try:
        path = target.resolve(strict=target.is_symlink())
    except (OSError, RuntimeError) as error:  # RuntimeError: symbolic links in a circle
        raise UsageError(message("{target} is a link that leads nowhere; name another", target=target)) from error
    try:
        if path.exists() and not path.is_file():
            raise UsageError(message("{target} exists and is no file; name another", target=target))
        if not path.parent.is_dir():
            raise UsageError(message("there is no folder {folder}; make it first", folder=target.parent))
        with replacement(path) as out:
            yield out
    except OSError as error:
        reason = error.strerror or error
        raise ArchiveError(
            message("can't write {path}: {why}; a file that was there is unchanged", path=target, why=reason)
        ) from error


@contextmanager
def replacement(path: Path) -> Iterator[BinaryIO]:
    """Open `.NAME.part` in the same folder; rename it to the path when the block ends without an error.

    The bytes are synced to disk before the rename, so a kill, a crash or a full disk leaves the old file. A part file
    left by a killed process is overwritten by the next one. Raises OSError, and ArchiveError when another process is
    writing the same path.
    """
    part = path.with_name(f".{path.name}.part")
    with _locked_part(part) as out:
        try:
            yield out
            sync(out)
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
    sync_folder(path.parent)


@contextmanager
def scratch_file(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Open a part file as `replacement` does, and yield its path, too; it is removed at the end of the block."""
    part = path.with_name(f".{path.name}.part")
    with _locked_part(part) as out:
        try:
            yield out, part
        finally:
            with suppress(OSError):
                part.unlink()


@contextmanager
def _locked_part(part: Path) -> Iterator[BinaryIO]:
    """Open the part file, empty and locked until it is closed."""
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    with os.fdopen(os.open(part, flags, 0o666), "wb") as out:
        opened = os.fstat(out.fileno())
        if not stat.S_ISREG(opened.st_mode):
            raise ArchiveError(message("{part} is no file; remove it", part=part))
        try:
            # Between open and lock another process may have renamed it: then its finished file is open.
            ours = lock(out) and part.stat().st_ino == opened.st_ino
        except FileNotFoundError:
            ours = False
        if not ours:
            raise ArchiveError(
                message("another process is writing {name}; wait until it is done", name=part.name[1:-5])
            )
        out.truncate(0)
        yield out


def parse_size(text: str) -> int:
    """Parse a size such as 500M, 5G or 1.5T to bytes, with powers of 1024. Raises ValueError."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt])(?:i?b)?", text.strip().lower())
    if match is None:
        raise ValueError(f"{text!r} is no size")
    return int(float(match[1]) * 1024 ** ("kmgt".index(match[2]) + 1))


def make_writable(folder: Path) -> None:
    """Create a folder of the archive, if it is missing. Raises ArchiveError when it can't be created or written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            message(
                "can't make {folder}: {why}. Name a folder that can be written with --archive",
                folder=folder,
                why=error.strerror,
            )
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ArchiveError(
            message("can't write to {folder}: check who owns it and whether its disk is read-only", folder=folder)
        )
