"""Extraction in processes beside the reactor, with a time limit for each page.

A page that takes too long or kills its process affects no other page: the pool is replaced, and the pages that were
under way beside it are extracted again, one at a time.
"""

import asyncio
import multiprocessing
import os
import resource
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver, resource_tracker
from types import FrameType
from typing import Any

from crawler.extract import extract
from crawler.profile.site_profile import NO_PROFILE, SiteProfile
from crawler.site import Site
from storage.records import Capture, Extraction, Reason

TIME_LIMIT_S = 10.0
GRACE_S = 20.0  # after the alarm, before the process is killed; a first page also waits for its process to start
CLOSE_S = 2.0  # for idle processes to end by themselves
MEMORY_LIMIT_BYTES = 2 * 1024**3  # of address space, in each process


class _TooSlow(BaseException):
    """Raised by the alarm. Not an Exception, so that no `except Exception` on the way catches it."""


def extract_within_limit(capture: Capture, site: Site, limit_s: float, profile: SiteProfile = NO_PROFILE) -> Extraction:
    """`extract` in this process: Reason.TIMEOUT after limit_s seconds, Reason.FAILED when it raises.

    Uses SIGALRM: call it in a main thread only.
    """

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise _TooSlow

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        return extract(capture, site, profile=profile)
    except _TooSlow:
        return Extraction(reason=Reason.TIMEOUT, evidence={"error": f"extraction took longer than {limit_s:g} s"})
    except Exception as error:  # a parser bug affects one page only; the capture stays, with this reason
        return Extraction(reason=Reason.FAILED, evidence={"error": f"{type(error).__name__}: {error}"})
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


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

    async def extract(self, capture: Capture, site: Site, profile: SiteProfile = NO_PROFILE) -> Extraction:
        """The article, or a Reason. No page makes it raise. profile: as for `extract_within_limit`."""
        extraction = await self._try(capture, site, profile)
        if extraction is not None:
            return extraction
        async with self._alone:
            extraction = await self._try(capture, site, profile)
        return extraction or Extraction(reason=Reason.FAILED, evidence={"error": "this page killed its process"})

    async def _try(self, capture: Capture, site: Site, profile: SiteProfile) -> Extraction | None:
        """None when the pool broke, by this page or by one beside it."""
        async with self._free:
            pool = self._pool = self._pool or self._make()
            try:
                future: asyncio.Future[Extraction] = asyncio.wrap_future(
                    pool.submit(*self._call(capture, site, profile))
                )
                done, _ = await asyncio.wait({future}, timeout=self._limit_s + GRACE_S)
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

    def _call(self, capture: Capture, site: Site, profile: SiteProfile) -> tuple[Any, ...]:
        return (extract_within_limit, capture, site, self._limit_s, profile)

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
