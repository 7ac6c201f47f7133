"""Extraction in processes beside the reactor, with a time limit for each page.

A page that takes too long or kills its process affects no other page: the pool is replaced, and the pages that were
under way beside it are extracted again, one at a time.
"""

import asyncio
import multiprocessing
import os
import pickle
import resource
import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver, resource_tracker
from types import FrameType
from typing import Any, TypeVar

from crawler.extract import extract, join_parts
from crawler.profile.site_profile import NO_PROFILE, SiteProfile
from crawler.site import Site
from storage.records import Capture, Extraction, Reason

TIME_LIMIT_S = 10.0
GRACE_S = 20.0  # after the alarm, before the process is killed; a first page also waits for its process to start
CLOSE_S = 2.0  # for idle processes to end by themselves
MEMORY_LIMIT_BYTES = 2 * 1024**3  # of address space, in each process

KEPT_PROFILES = 32  # of a process, as objects or packed; twice as many as sites are crawled at once

Result = TypeVar("Result")
PackedProfile = tuple[str, bytes]  # digest, and the pickled profile: packed and unpacked once, not with each page

_unpacked: dict[str, SiteProfile] = {}  # in a worker process, by digest


class TooSlow(BaseException):
    """Raised by the alarm. Not an Exception, so that no `except Exception` on the way catches it."""


def within_limit(work: Callable[[], Result], limit_s: float) -> Result:
    """What `work` gives, in this process. Raises TooSlow after limit_s seconds.

    Uses SIGALRM: call it in a main thread only.
    """

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        return work()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def extract_within_limit(
    capture: Capture, site: Site, limit_s: float, profile: SiteProfile = NO_PROFILE, *, part_of: str | None = None
) -> Extraction:
    """`extract` in this process: Reason.TIMEOUT after limit_s seconds, Reason.FAILED when it raises."""
    try:
        return within_limit(lambda: extract(capture, site, profile=profile, part_of=part_of), limit_s)
    except TooSlow:
        return Extraction(reason=Reason.TIMEOUT, evidence={"error": f"extraction took longer than {limit_s:g} s"})
    except Exception as error:  # a parser bug affects one page only; the capture stays, with this reason
        return Extraction(reason=Reason.FAILED, evidence={"error": f"{type(error).__name__}: {error}"})


def extract_packed(
    capture: Capture, site: Site, limit_s: float, packed: PackedProfile, part_of: str | None
) -> Extraction:
    """`extract_within_limit` in a worker process, which unpacks each profile once."""
    digest, pickled = packed
    if digest not in _unpacked:
        while len(_unpacked) >= KEPT_PROFILES:
            del _unpacked[next(iter(_unpacked))]
        _unpacked[digest] = pickle.loads(pickled)  # noqa: S301 - made by the parent process
    return extract_within_limit(capture, site, limit_s, _unpacked[digest], part_of=part_of)


def join_captures(first: Extraction, parts: Sequence[Capture], others: Iterable[Extraction]) -> Extraction:
    """The extraction of an article's first page with those of its further pages (`parts`), in their order."""
    urls = (part.requested_url or part.url for part in parts)
    return join_parts(first, list(zip(urls, others, strict=True))) if parts else first


def init_worker() -> None:
    """Set up a new process: ignore SIGINT and SIGTERM, which the parent handles; limit memory; end with the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    threading.Thread(target=_end_with_parent, name="end with parent", daemon=True).start()


def _end_with_parent() -> None:
    """Exit when the parent dies. The pool's queue gives no end of file then: each worker holds its other end open."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def start_server() -> None:
    """Start the fork server with SIGINT and SIGTERM blocked, which a terminal or systemd sends to the whole group.

    The parent handles them, and needs its workers until the pages under way are kept.
    """
    resource_tracker.ensure_running()  # started later, it would unblock the signals
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def end_pool(pool: ProcessPoolExecutor, *, patience_s: float = 0.0) -> None:
    """End a pool's processes. Those still busy after patience_s seconds are killed; their results are not needed.

    Also waits for the pool's own thread, which would meet closed pipes when the interpreter ends.
    """
    internals: Any = pool  # the executor has no public access to its processes and thread
    processes, thread = list((internals._processes or {}).values()), internals._executor_manager_thread
    pool.shutdown(wait=False, cancel_futures=True)
    if thread is not None and patience_s:
        thread.join(patience_s)
    if thread is not None and thread.is_alive():
        for process in processes:
            process.kill()
        thread.join(GRACE_S)


class ExtractorPool:
    """Processes that extract articles from captures. Use from one event loop."""

    def __init__(self, processes: int | None = None, *, limit_s: float = TIME_LIMIT_S) -> None:
        self._processes = processes or max(1, min(4, os.cpu_count() or 1))
        self._limit_s = limit_s
        self._pool: ProcessPoolExecutor | None = None
        # No page waits inside the executor, so the time limit counts its own time only.
        self._free = asyncio.Semaphore(self._processes)
        self._alone = asyncio.Lock()
        self._packs: dict[str, PackedProfile] = {}

    async def extract(
        self, capture: Capture, site: Site, profile: SiteProfile = NO_PROFILE, *, parts: Sequence[Capture] = ()
    ) -> Extraction:
        """The article, or a Reason. No page makes it raise. profile: as for `extract_within_limit`.

        parts: the further pages of the article, in order.
        """
        first, *others = await asyncio.gather(
            self._extract(self._call(capture, site, profile, None)),
            *(self._extract(self._call(part, site, profile, capture.url)) for part in parts),
        )
        return join_captures(first, parts, others)

    async def _extract(self, call: tuple[Any, ...]) -> Extraction:
        extraction: Extraction | None = await self.run(call, self._limit_s)
        if extraction is not None:
            return extraction
        async with self._alone:
            extraction = await self.run(call, self._limit_s)
        return extraction or Extraction(reason=Reason.FAILED, evidence={"error": "this page killed its process"})

    async def run(self, call: tuple[Any, ...], limit_s: float) -> Any:
        """What a function gives in one of the processes; None when the pool broke, by this call or by one beside it.

        call: the function and its arguments. It has to end by itself after limit_s seconds; much later it is killed.
        """
        async with self._free:
            pool = self._pool = self._pool or self._make()
            try:
                future: asyncio.Future[Any] = asyncio.wrap_future(pool.submit(*call))
                done, _ = await asyncio.wait({future}, timeout=limit_s + GRACE_S)
                if not done:
                    # The alarm can't interrupt a long call into C.
                    for process in list((pool._processes or {}).values()):
                        process.kill()
                return await future
            except BrokenProcessPool:
                if self._pool is pool:
                    self._pool = None
                pool.shutdown(wait=False, cancel_futures=True)
                return None

    def _call(self, capture: Capture, site: Site, profile: SiteProfile, part_of: str | None) -> tuple[Any, ...]:
        return (extract_packed, capture, site, self._limit_s, self._packed(profile), part_of)

    def _packed(self, profile: SiteProfile) -> PackedProfile:
        if profile.digest not in self._packs:
            # The profiles of crawls that run now; those of crawls that ended are packed no more.
            while len(self._packs) >= KEPT_PROFILES:
                del self._packs[next(iter(self._packs))]
            self._packs[profile.digest] = (profile.digest, pickle.dumps(profile))
        return self._packs[profile.digest]

    def _make(self) -> ProcessPoolExecutor:
        # Not "fork": the parent has threads. The server imports crawler.extract once; workers then start at once.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["crawler.extract"])
        start_server()
        return ProcessPoolExecutor(self._processes, mp_context=context, initializer=init_worker)

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            end_pool(self._pool, patience_s=CLOSE_S)
            self._pool = None
