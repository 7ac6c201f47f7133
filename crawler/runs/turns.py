"""Locks of one command's sites: each site is locked only while it is crawled.

A command may crawl for hours; another that begins meanwhile crawls the sites that are not locked. A lock is a file in
the archive's folder and, if the tables are in PostgreSQL, an advisory lock ("fence") there, as other machines have
other folders.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.locks import SiteLock
from crawler.platforms.run_statistics import RunStatistics, StopCause
from storage.archive import Archive
from storage.db.advisory_locks import AdvisoryLocks
from storage.errors import AlreadyRunning
from storage.queries.run_history import crawled_since, last_starts


class SiteTurns:
    """The locks of one command's sites, by their index in `runs`. The runs of skipped sites are marked there.

    clock: the command begins at its present time. again: crawl a site even if another process has done so since then.
    fences: the process's advisory locks; None: a connection is opened when needed. Leaving the context releases all.
    """

    def __init__(
        self,
        folder: Path,
        runs: Sequence[RunStatistics],
        clock: Callable[[], datetime],
        *,
        again: bool,
        fences: AdvisoryLocks | None = None,
    ) -> None:
        self._folder = folder
        self._runs = runs
        self._clock, self._began, self._again = clock, clock(), again
        self._held: dict[int, SiteLock] = {}
        self._fences, self._own_fences = fences, fences is None

    @property
    def lost(self) -> StopCause | None:
        """The cause "fence" if the database connection, and with it our locks, are lost: the sites must be stopped."""
        return "fence" if self._fences is not None and self._fences.is_lost else None

    @property
    def waiting(self) -> list[int]:
        """Indexes of the sites that are not skipped and have not ended, in order."""
        return [index for index, run in enumerate(self._runs) if run.status == "running"]

    def in_order(self, archive: Archive) -> list[int]:
        """`waiting`, sorted by the start of the last crawl, the oldest first; sites never crawled come first."""
        last = last_starts(archive.engine, now=self._clock())
        never = datetime.min.replace(tzinfo=UTC)
        return sorted(self.waiting, key=lambda index: last.get(self._runs[index].site, never))

    def take_first_free(self) -> bool:
        """Lock the first site that no other process is crawling, before the archive is opened; False if there is none.

        If all sites are being crawled, the archive must not be opened: a suspended process could hold it for ever.
        Raises ArchiveError when a lock file can't be created.
        """
        if not (self._folder / "locks").is_dir():  # no crawl into it yet; `Archive.open` reports if it can't be made
            return bool(self.waiting)
        return any(self._take(index) for index in self.waiting)

    @contextlib.contextmanager
    def of(self, index: int, archive: Archive) -> Iterator[bool]:
        """Lock one site during the block. Yields False if it is skipped, as another process crawls or crawled it."""
        run = self._runs[index]
        if not self._take(index):
            yield False
            return
        fences = self._open_fences(archive)
        if fences is not None and not fences.acquire(site_fence(run.site)):
            self._held.pop(index).release()
            run.status = "skipped"
            run.message = f"{run.site} is being crawled already, by a process of another folder; nothing was done"
            yield False
            return
        try:
            if not self._again and crawled_since(archive.engine, run.site, self._began, now=self._clock()):
                run.status, run.message = "skipped", f"another process crawled {run.site} meanwhile; nothing was done"
            yield run.status != "skipped"
        finally:
            if self._runs[index].status != "running":  # else `__exit__` releases it, when the run has been ended
                self._held.pop(index).release()
                if fences is not None:
                    fences.release(site_fence(run.site))

    def _open_fences(self, archive: Archive) -> AdvisoryLocks | None:
        if self._fences is None and archive.engine.dialect.name == "postgresql":
            self._fences = AdvisoryLocks(archive.engine)
        return self._fences

    def _take(self, index: int) -> bool:
        run = self._runs[index]
        try:
            if index not in self._held:
                self._held[index] = SiteLock(self._folder, run.site).acquire()
        except AlreadyRunning as error:
            run.status, run.message = "skipped", str(error)
            return False
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for lock in self._held.values():
            lock.release()
        if self._fences is not None and self._own_fences:
            self._fences.close()


def site_fence(site: str) -> str:
    """Name of the advisory lock that a crawl of the site holds in the database."""
    return f"site:{site}"
