"""The writer thread of a command's crawls: appends captures and saves pages in groups, beside the reactor.

Jobs that arrive while the disk is busy form the next group. Its bytes are synced to the disk once per file, then its
rows are committed in one transaction. A job is acknowledged only when its data is on the disk.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from storage.archive import Archive
from storage.errors import ArchiveError, TakenDown
from storage.messages import message
from storage.records import Capture, Origin, Position, Saved
from storage.search import index
from storage.similar import copy_log
from storage.writing.group_commit import Write
from storage.writing.run_files import Append

log = logging.getLogger(__name__)

MOST_TOGETHER = 64  # jobs in one group
MOST_WAITING = 256  # queued jobs; further callers wait until there is room
GATHER_S = 0.02  # wait for more jobs of a group: a transaction costs more than a page in it
IDLE_S = 1.0  # without jobs, after which the search index is updated, so that little is left at a run's end
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Job:
    """One job. work: a tuple of captures to append (a page and its further pages); a function that returns a Write; or,
    if `apart`, any function, which runs between two groups.
    """

    work: Any
    answer: "asyncio.Future[Any]"
    apart: bool = False


class ArchiveWriter:
    """Writes to an archive for one event loop. An error of the archive is raised by the call that caused it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._room = asyncio.Semaphore(MOST_WAITING)
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = False

    @property
    def waiting(self) -> int:
        """Number of jobs that the thread has not begun."""
        return self._jobs.qsize()

    async def append(self, capture: Capture, run_id: int, *, origin: Origin | None = None) -> Position:
        """As `Archive.append`."""
        position, _ = await self.append_with_parts(capture, run_id, origin=origin)
        return position

    async def append_with_parts(
        self, capture: Capture, run_id: int, *, origin: Origin | None = None, parts: Sequence[Capture] = ()
    ) -> tuple[Position, list[tuple[Capture, Position]]]:
        """Append a page and behind it the further pages of its article, as `Archive.append` does.

        Returns the page's position, and each further page with its position, without those that were taken down.
        """
        further = [Append(part, run_id, Origin("part", capture.url), follows=True) for part in parts]
        answers = await self._do((Append(capture, run_id, origin), *further))
        for answer in answers:
            if isinstance(answer, Exception) and (answer is answers[0] or not isinstance(answer, TakenDown)):
                raise answer
        kept = zip(parts, answers[1:], strict=True)
        return answers[0], [(part, answer) for part, answer in kept if isinstance(answer, Position)]

    async def save(self, *args: Any, **kwargs: Any) -> Saved | None:
        """As `Archive.save`."""
        saved: Saved | None = await self._do(lambda: self._archive.writes.saving(*args, **kwargs))
        return saved

    async def touch(self, *args: Any, **kwargs: Any) -> None:
        """As `Archive.touch`."""
        await self._do(lambda: self._archive.writes.touching(*args, **kwargs))

    async def fail(self, *args: Any, **kwargs: Any) -> None:
        """As `Archive.fail`."""
        await self._do(lambda: self._archive.writes.failing(*args, **kwargs))

    async def save_asset(self, capture: Capture, page: str | None, run_id: int, now: datetime) -> None:
        """Append a picture or style sheet and save it. page: URL of the page that shows it."""
        position = await self.append(capture, run_id, origin=Origin("asset", page))
        writes = self._archive.writes
        await self._do(lambda: writes.saving_asset(capture, position, run_id=run_id, page=page, now=now))

    async def fail_asset(self, url: str, *, retry: bool) -> None:
        """Record that a picture or style sheet could not be fetched. retry: whether a later run requests it again."""
        await self._do(lambda: self._archive.writes.failing_asset(url, retry=retry))

    async def note_requests(self, run_id: int, requests: int) -> None:
        """As `Archive.note_requests`."""
        await self._do(lambda: self._archive.writes.noting_requests(run_id, requests))

    async def call(self, work: Callable[[], Result]) -> Result:
        """Call a function that opens transactions of its own, between two groups; returns its result."""
        result: Result = await self._do(work, apart=True)
        return result

    def close(self) -> None:
        """End the thread after the group that it is writing. Jobs that still wait are not written."""
        self._closing = True
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    async def _do(self, work: Any, *, apart: bool = False) -> Any:
        async with self._room:
            if self._closing:
                raise ArchiveError(message("the crawl was ended before this page was written"))
            if self._thread is None:
                self._loop = asyncio.get_running_loop()
                self._thread = threading.Thread(target=self._write, name="warraq writer", daemon=True)
                self._thread.start()
            answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
            self._jobs.put(_Job(work, answer, apart))
            return await answer

    def _write(self) -> None:
        """Main function of the thread."""
        while (first := self._next()) is not None and not self._closing:
            group = self._group(first)
            try:
                self._write_group(group)
            except BaseException as error:  # without an answer the crawl would wait for ever
                self._send([(job, error) for job in group])

    def _next(self) -> _Job | None:
        """Wait for the next job. Meanwhile, index the articles that were saved."""
        behind = self._thread is not None
        while behind:
            try:
                return self._jobs.get(timeout=IDLE_S)
            except Empty:
                behind = self._catch_up()
        return self._jobs.get()

    def _catch_up(self) -> bool:
        """Do a small part of the pending work on the index and the copy log; return whether more may be left."""
        engine = self._archive.engine
        try:
            return index.catch_up_a_little(engine) or copy_log.catch_up_a_little(engine)
        except Exception as error:  # the commands that need them report it; without this thread no crawl ends
            log.warning("index and copies could not be brought up to date: %s", error)
            return False

    def _group(self, first: _Job) -> list[_Job]:
        """Collect the jobs of one group: those that wait, up to MOST_TOGETHER."""
        if not first.apart:
            time.sleep(GATHER_S)
        group = [first]
        with suppress(Empty):
            while len(group) < MOST_TOGETHER:
                job = self._jobs.get_nowait()
                if job is None:
                    self._jobs.put(None)
                    break
                group.append(job)
        return group

    def _write_group(self, group: Sequence[_Job]) -> None:
        start = 0
        for place, job in enumerate(group):
            if job.apart:
                self._write_pages(group[start:place])
                self._send([(job, _answer(job.work))])
                start = place + 1
        self._write_pages(group[start:])

    def _write_pages(self, jobs: Sequence[_Job]) -> None:
        """Append the bytes first: callers that wait only for them can go on while the rows are written."""
        appending = [job for job in jobs if isinstance(job.work, tuple)]
        if appending:
            answers = iter(self._archive.append_all([each for job in appending for each in job.work]))
            self._send([(job, list(islice(answers, len(job.work)))) for job in appending])
        made = [(job, _answer(job.work)) for job in jobs if not isinstance(job.work, tuple)]
        self._send((job, write) for job, write in made if not isinstance(write, Write))
        saving = [(job, write) for job, write in made if isinstance(write, Write)]
        if saving:
            committed = self._archive.commit_all([write for _, write in saving])
            self._send(zip((job for job, _ in saving), committed, strict=True))

    def _send(self, answers: Any) -> None:
        """Resolve the jobs' futures, in one call of the event loop."""
        pending = list(answers)
        if pending and self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed: no caller waits any more
                self._loop.call_soon_threadsafe(_resolve, pending)


def _answer(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except Exception as error:
        return error


def _resolve(answers: Sequence[tuple[_Job, Any]]) -> None:
    for job, answer in answers:
        if job.answer.done():  # the caller was cancelled
            continue
        if isinstance(answer, BaseException):
            job.answer.set_exception(answer)
        else:
            job.answer.set_result(answer)
