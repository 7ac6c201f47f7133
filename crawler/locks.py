"""Lock files, one per site, so that only one process at a time crawls a site."""

import json
import os
import socket
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from storage.errors import AlreadyRunning, ArchiveError
from storage.files import lock, open_lock_file
from storage.messages import message


class SiteLock:
    """Lock of one site in the archive at `folder`, held during a crawl. Not for use between threads."""

    def __init__(self, folder: Path, site: str) -> None:
        self._path = folder / "locks" / f"{site}.lock"
        self._site = site
        self._file: int | None = None

    def acquire(self) -> Self:
        """Take the lock without waiting.

        Raises AlreadyRunning, which names the holder, and ArchiveError when the lock file can't be created.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = open_lock_file(self._path)
        except OSError as error:
            raise ArchiveError(
                message("cannot lock {path}: {why}. Is the archive writable?", path=self._path, why=error.strerror)
            ) from error
        if not lock(file):
            note = os.pread(file, 500, 0).decode("utf-8", "replace")
            os.close(file)
            raise AlreadyRunning(
                message(
                    "{site} is being crawled already, {holder}; nothing was done", site=self._site, holder=_holder(note)
                )
            )
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        os.truncate(file, 0)
        os.pwrite(file, json.dumps(holder).encode(), 0)
        self._file = file
        return self

    def release(self) -> None:
        """Release the lock. The file stays (`open_lock_file` says why)."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        return self.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def held_locks(folder: Path) -> dict[str, str]:
    """The held locks of the archive at `folder`: name of the site to a description of the holder.

    They are read from the kernel's list. Trying the locks would take them for a moment, and a crawl that begins then
    would be refused. Locks that another machine holds on a shared disk are only in that machine's list.
    """
    try:
        held = {line.split()[5] for line in Path("/proc/locks").read_text().splitlines() if " FLOCK " in line}
    except (OSError, IndexError):
        held = set()
    holders = {}
    for path in sorted((folder / "locks").glob("*.lock")):
        with suppress(OSError):
            status = path.stat()
            number = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
            if number in held:
                holders[path.stem] = _holder(path.read_text("utf-8", "replace")[:500])
    return holders


def _holder(note: str) -> str:
    try:
        holder = json.loads(note)
        return message(
            "by process {pid} on {host} since {since}",
            pid=int(holder["pid"]),
            host=holder["host"],
            since=holder["since"],
        )
    except (ValueError, KeyError, TypeError):
        return message("by another process")
