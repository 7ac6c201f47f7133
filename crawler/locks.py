"""One crawl of a site at a time: an advisory lock on a file, which the kernel lets go when its holder dies."""

import fcntl
import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.errors import AlreadyRunning, ArchiveError


class SiteLock:
    """Held while a site is crawled into the archive at `folder`. Not for threads."""

    def __init__(self, folder: Path, site: str) -> None:
        self._path = folder / "locks" / f"{site}.lock"
        self._site = site
        self._file: int | None = None

    def acquire(self) -> Self:
        """Take it at once. Raises AlreadyRunning, which says who holds it; ArchiveError when no file can be made."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise ArchiveError(f"cannot lock {self._path}: {error.strerror}. Is the archive writable?") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(file, 500, 0).decode("utf-8", "replace")
            os.close(file)
            raise AlreadyRunning(f"{self._site} is being crawled already, {_told(holder)}; nothing was done") from None
        note = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        os.truncate(file, 0)
        os.pwrite(file, json.dumps(note).encode(), 0)
        self._file = file
        return self

    def release(self) -> None:
        """Let it go. The file stays: removing it would let two crawls hold two files of one name."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        return self.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _told(note: str) -> str:
    try:
        told = json.loads(note)
        return f"by process {int(told['pid'])} on {told['host']} since {told['since']}"
    except (ValueError, KeyError, TypeError):
        return "by another process"
