"""Pool of worker processes that extract pages beside the reactor, with a time limit for each page.

A page that takes too long or kills its process affects no other page. The call that a process died over is repeated
once in another one. While all processes are busy, the next free one gets several of the waiting pages in one message.
"""

import asyncio
import os
import pickle
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from crawler.extract import join_parts
from crawler.profile.site_profile import NO_PROFILE, SiteProfile
from crawler.site import Site
from crawler.workers.worker_main import KEPT_PROFILES, PackedProfile, answer_each, extract_packed
from crawler.workers.worker_process import WorkerDied, WorkerProcess
from storage.errors import WorkersUnavailable
from storage.records import Capture, Extraction, Reason

TIME_LIMIT_S = 10.0
GRACE_S = 20.0  # after the alarm, before the process is killed
START_LIMIT_S = 60.0  # for a process to start; the first one also waits for the fork server
STARTS = 3  # failed starts in a row, before a pause
MOST_PROCESSES = 16  # even with more CPUs; each takes 80 MB, and is started when it is needed
MOST_IN_MESSAGE = 8  # pages: the first one's caller waits until the last is extracted
MOST_MESSAGE_BYTES = 4 * 1024**2  # of pages; a larger page is sent alone
PAUSE_S = 30.0  # before another start, when no process can be started or none can extract any page

_ORDINARY_SITE = Site("ordinary", "https://ordinary.example/")
_ORDINARY_PAGE = Capture(
    "https://ordinary.example/1/",
    "ordinary",
    datetime(2025, 10, 28, 12, tzinfo=UTC),
    200,
    (("Content-Type", "text/html; charset=utf-8"),),
    b"<html lang=ar><body><article><h1>\xd8\xae\xd8\xa8\xd8\xb1</h1>"
    + b"<p>\xd9\x86\xd8\xb5 \xd8\xa7\xd9\x84\xd8\xae\xd8\xa8\xd8\xb1</p>" * 200
    + b"</article></body></html>",
)


class Worker(Protocol):
    """A process of the pool; see `WorkerProcess`."""

    def is_alive(self) -> bool: ...  # noqa: D102
    async def call(self, call: tuple[Any, ...], limit_s: float) -> Any: ...  # noqa: D102
    def kill(self) -> None: ...  # noqa: D102


Start = Callable[[float], Awaitable[Worker]]


@dataclass(slots=True, eq=False)
class _Waiting:
    """A waiting page. size: in bytes. answer: its extraction; None if its caller must call a process itself."""

    call: tuple[Any, ...]
    size: int
    answer: "asyncio.Future[Extraction | None]"


class ExtractorPool:
    """Processes that extract articles from captures. Use from one event loop."""

    def __init__(
        self, processes: int | None = None, *, limit_s: float = TIME_LIMIT_S, start: Start = WorkerProcess.start
    ) -> None:
        """processes: maximum number; None: one for each CPU. limit_s: for a page. start: starts a process."""
        self._limit_s = limit_s
        self._start = start
        # No page waits inside a process, so that a page's time limit counts its own time only.
        self._most = processes or max(1, min(MOST_PROCESSES, os.cpu_count() or 1))
        self._free = asyncio.Semaphore(self._most)
        self._asking = 0  # callers that call a process, for their page and waiting ones; at most one a process
        self._waiting: deque[_Waiting] = deque()
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._unavailable = ""  # why no process can be started
        self._pause_ends = 0.0  # by time.monotonic
        self._packs: dict[str, PackedProfile] = {}
        self._starting = asyncio.Lock()

    @property
    def size(self) -> int:
        """Maximum number of processes."""
        return self._most

    @property
    def has_processes(self) -> bool:
        """Whether any process was started and has not died."""
        return bool(self._all)

    async def start(self) -> None:
        """Start the first process if there is none. If it doesn't start, `extract` reports why."""
        async with self._starting:
            if not self._all:
                with suppress(WorkersUnavailable):
                    self._idle.append(await self._worker())

    async def extract(
        self, capture: Capture, site: Site, profile: SiteProfile = NO_PROFILE, *, parts: Sequence[Capture] = ()
    ) -> Extraction:
        """Extract the article, or a Reason. No page makes it raise. profile: as for `extract_within_limit`.

        parts: the further pages of the article, in order. Reason.UNREAD means that the page is still to be extracted.
        Its evidence "unread" is "page" if the page killed two processes, while an ordinary page can be extracted, or
        "workers" if no process can extract any page.
        """
        if not parts:
            return await self._extract(self._call(capture, site, profile, None), len(capture.body))
        first, *others = await asyncio.gather(
            self._extract(self._call(capture, site, profile, None), len(capture.body)),
            *(self._extract(self._call(part, site, profile, capture.url), len(part.body)) for part in parts),
        )
        return join_captures(first, parts, others)

    async def run(self, call: tuple[Any, ...], limit_s: float) -> Any:
        """Call a function in one of the processes; returns its result. call: the function and its arguments.

        The function must end by itself within limit_s seconds; GRACE_S later its process is killed. If a process dies,
        the call is repeated once in another one. Raises the function's exceptions, WorkerDied if the second process
        dies too, and WorkersUnavailable.
        """
        async with self._free:
            try:
                return await self._run_once(call, limit_s)
            except WorkerDied:
                return await self._run_once(call, limit_s)

    async def require_workers(self) -> None:
        """Raise WorkersUnavailable unless an ordinary page can be extracted. Call it after a page killed processes."""
        try:
            await self.run(self._call(_ORDINARY_PAGE, _ORDINARY_SITE, NO_PROFILE, None), self._limit_s)
        except WorkerDied as error:
            self._pause(f"worker processes die, whatever they read: {error}")
            raise WorkersUnavailable(self._unavailable) from error

    def packed(self, profile: SiteProfile) -> PackedProfile:
        """The profile in the form that calls take, packed once."""
        if profile.digest not in self._packs:
            # Enough for the crawls that run at once; the oldest are those of crawls that ended.
            while len(self._packs) >= KEPT_PROFILES:
                del self._packs[next(iter(self._packs))]
            self._packs[profile.digest] = (profile.digest, pickle.dumps(profile))
        return self._packs[profile.digest]

    def close(self) -> None:
        """Kill the processes, whatever they are doing. Their results are lost."""
        for worker in self._all:
            worker.kill()
        self._all.clear()
        self._idle.clear()

    async def _extract(self, call: tuple[Any, ...], size: int) -> Extraction:
        """Make the call, or wait until another caller's message includes it. size: of its page, in bytes."""
        if self._asking < self._most:
            self._asking += 1
        else:
            own = _Waiting(call, size, asyncio.get_running_loop().create_future())
            self._waiting.append(own)
            try:
                extraction = await own.answer
            except asyncio.CancelledError:
                if not own.answer.cancelled() and own.answer.result() is None:
                    self._wake_next()
                raise
            if extraction is not None:
                return extraction
        try:
            return await self._ask(call, size)
        finally:
            self._wake_next()

    def _wake_next(self) -> None:
        while self._waiting:
            following = self._waiting.popleft()
            if not following.answer.done():  # it was not cancelled
                following.answer.set_result(None)
                return
        self._asking -= 1

    async def _ask(self, call: tuple[Any, ...], size: int) -> Extraction:
        """Make the call when a process is free, with waiting pages in the same message.

        If that message fails, each of its pages is extracted on its own, which shows which one is at fault.
        """
        beside: list[_Waiting] = []
        extractions: list[Extraction] | None = None
        try:
            async with self._free:
                beside = self._take_share(size)
                if beside:
                    calls = [call, *(each.call for each in beside)]
                    with suppress(Exception):
                        extractions = await self._run_once((answer_each, calls), self._limit_s * len(calls))
            own, *others = extractions or [await self._extract_alone(call)]
            for place, each in enumerate(beside):
                read = others[place] if others else await self._extract_alone(each.call)
                if not each.answer.done():
                    each.answer.set_result(read)
            return own
        finally:  # after a cancellation the other pages of the message wait again
            self._waiting.extendleft(each for each in reversed(beside) if not each.answer.done())

    def _take_share(self, size: int) -> list[_Waiting]:
        """Take this process's share of the waiting pages, to send with a page of `size` bytes in one message."""
        chosen: list[_Waiting] = []
        share = -(-len(self._waiting) // self._most)
        while self._waiting and len(chosen) < min(share, MOST_IN_MESSAGE - 1):
            size += self._waiting[0].size
            if size > MOST_MESSAGE_BYTES:
                break
            following = self._waiting.popleft()
            if not following.answer.done():
                chosen.append(following)
        return chosen

    async def _extract_alone(self, call: tuple[Any, ...]) -> Extraction:
        try:
            extraction: Extraction = await self.run(call, self._limit_s)
        except WorkersUnavailable as error:
            return _unread("workers", str(error))
        except WorkerDied as error:
            if error.took_too_long:
                return Extraction(reason=Reason.TIMEOUT, evidence={"error": f"extraction can't be ended: {error}"})
            try:
                await self.require_workers()
            except WorkersUnavailable as unavailable:
                return _unread("workers", str(unavailable))
            return _unread("page", f"this page killed its process: {error}")
        return extraction

    async def _run_once(self, call: tuple[Any, ...], limit_s: float) -> Any:
        worker = await self._worker()
        try:
            result = await worker.call(call, limit_s + GRACE_S)
        except BaseException:
            if not worker.is_alive():
                self._all.discard(worker)
            else:
                self._idle.append(worker)
            raise
        self._idle.append(worker)
        return result

    async def _worker(self) -> Worker:
        """An idle process that is alive, or a new one. Raises WorkersUnavailable."""
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive():
                return worker
            worker.kill()
            self._all.discard(worker)
        for _ in range(STARTS):
            if time.monotonic() < self._pause_ends:
                break
            try:
                worker = await self._start(START_LIMIT_S)
            except WorkerDied as error:
                why = error
            else:
                self._all.add(worker)
                return worker
        else:
            self._pause(f"no worker process can be started: {why}")
        raise WorkersUnavailable(self._unavailable)

    def _pause(self, why: str) -> None:
        self._unavailable, self._pause_ends = why, time.monotonic() + PAUSE_S

    def _call(self, capture: Capture, site: Site, profile: SiteProfile, part_of: str | None) -> tuple[Any, ...]:
        return (extract_packed, capture, site, self._limit_s, self.packed(profile), part_of)


def join_captures(first: Extraction, parts: Sequence[Capture], others: Iterable[Extraction]) -> Extraction:
    """Join the extraction of an article's first page with those of its further pages (`parts`), in order.

    If a further page is unread, so is the article.
    """
    read = tuple(others)
    unread = next((each for each in read if each.reason is Reason.UNREAD), None)
    if unread is not None and first.article is not None:
        return unread
    urls = (part.requested_url or part.url for part in parts)
    return join_parts(first, list(zip(urls, read, strict=True))) if parts else first


def _unread(cause: str, error: str) -> Extraction:
    return Extraction(reason=Reason.UNREAD, evidence={"error": error, "unread": cause})
