"""A file that appears whole or not at all: written beside its place, then moved there in one step."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from storage.errors import ArchiveError, UsageError


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """Open `.NAME.part` in the target's folder; rename it to the target when the block ends well.

    The bytes are on the disk before the rename, so a kill, a crash or a full disk leaves the file that was there.
    What a killed process left under the temporary name is written over by the next.

    Raises UsageError when the folder is missing or the target is no file, ArchiveError when the disk refuses or
    another process is writing the same target.
    """
    try:
        path = target.resolve(strict=target.is_symlink())
    except (OSError, RuntimeError) as error:  # RuntimeError: symbolic links in a circle
        raise UsageError(f"{target} is a link that leads nowhere; name another") from error
    try:
        if path.exists() and not path.is_file():
            raise UsageError(f"{target} exists and is no file; name another")
        if not path.parent.is_dir():
            raise UsageError(f"there is no folder {target.parent}; make it first")
        part = path.with_name(f".{path.name}.part")
        with _locked(part) as out:
            try:
                yield out
                out.flush()
                os.fsync(out.fileno())
                part.replace(path)
            except BaseException:
                with suppress(OSError):
                    part.unlink()
                raise
        _sync_folder(path.parent)
    except OSError as error:
        reason = error.strerror or error
        raise ArchiveError(f"can't write {target}: {reason}; a file that was there is unchanged") from error


@contextmanager
def _locked(part: Path) -> Iterator[BinaryIO]:
    """The file, empty, and ours until it is closed."""
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    with os.fdopen(os.open(part, flags, 0o666), "wb") as out:
        held = os.fstat(out.fileno())
        if not stat.S_ISREG(held.st_mode):
            raise ArchiveError(f"{part} is no file; remove it")
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Between open and lock another process may have renamed it: what we hold is then its finished file.
            ours = part.stat().st_ino == held.st_ino
        except (BlockingIOError, FileNotFoundError):
            ours = False
        if not ours:
            raise ArchiveError(f"another process is writing {part.name[1:-5]}; wait until it is done")
        out.truncate(0)
        yield out


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
