"""Reading in processes beside the reactor, with a time limit for each page.

A page that takes too long, or kills its process, costs that page alone: the pool is made anew, and the pages that
were being read beside it are read again, one at a time.
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
GRACE_S = 20.0  # past the alarm, before the process is killed; a first page waits for its process to start
CLOSE_S = 2.0  # that idle processes have to end by themselves
MEMORY_LIMIT_BYTES = 2 * 1024**3  # of address space, in each reading process


class _TooSlow(BaseException):
    """Raised by the alarm; no `except Exception` on the way may swallow it."""


def read_within_limit(capture: Capture, site: Site, limit_s: float, profile: SiteProfile = NO_PROFILE) -> Extraction:
    """`extract` under an alarm, in this process; Reason.TIMEOUT when it rings, Reason.FAILED when it raises."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise _TooSlow

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        return extract(capture, site, profile=profile)
    except _TooSlow:
        return Extraction(reason=Reason.TIMEOUT, evidence={"error": f"reading took longer than {limit_s:g} s"})
    except Exception as error:  # a parser bug must cost one page only; the capture stays, with this reason
        return Extraction(reason=Reason.FAILED, evidence={"error": f"{type(error).__name__}: {error}"})
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def begin_process() -> None:
    """In each new process: Ctrl-C is for the parent, memory is bounded, and nobody outlives a killed parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    threading.Thread(target=_end_with_parent, name="end with parent", daemon=True).start()


def _end_with_parent() -> None:
    """The pool's queue shows no end of file when the parent is killed: each process keeps its other end open."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def start_server() -> None:
    """Start the process that makes the others, deaf to the signals that a terminal or systemd sends to all of a group.

    The parent answers them, and needs its readers until the pages under way are kept.
    """
    resource_tracker.ensure_running()  # it would lift the block
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def end_pool(pool: ProcessPoolExecutor, *, patience_s: float = 0.0) -> None:
    """End a pool's processes: after so long those that are still busy, whose work nobody waits for, are killed.

    The pool's own thread is waited for: at the interpreter's end it would meet pipes that are closed already.
    """
    inside: Any = pool  # neither its processes nor its thread are handed out otherwise
    processes, thread = list((inside._processes or {}).values()), inside._executor_manager_thread
    pool.shutdown(wait=False, cancel_futures=True)
    if thread is not None and patience_s:
        thread.join(patience_s)
    if thread is not None and thread.is_alive():
        for process in processes:
            process.kill()
        thread.join(GRACE_S)


class ExtractorPool:
    """Processes that read pages. Use from one event loop."""

    def __init__(self, processes: int | None = None, *, limit_s: float = TIME_LIMIT_S) -> None:
        self._processes = processes or max(1, min(4, os.cpu_count() or 1))
        self._limit_s = limit_s
        self._pool: ProcessPoolExecutor | None = None
        self._free = asyncio.Semaphore(self._processes)  # no page waits in the executor, so its time is its own
        self._alone = asyncio.Lock()

    async def read(self, capture: Capture, site: Site, profile: SiteProfile = NO_PROFILE) -> Extraction:
        """What the page says; a Reason when it can't be read. Never raises for the page's sake.

        profile: as for `extract`.
        """
        reading = await self._try(capture, site, profile)
        if reading is not None:
            return reading
        async with self._alone:
            reading = await self._try(capture, site, profile)
        return reading or Extraction(reason=Reason.FAILED, evidence={"error": "reading this page killed its process"})

    async def _try(self, capture: Capture, site: Site, profile: SiteProfile) -> Extraction | None:
        """None when the pool broke, by this page or by one read beside it."""
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
        return (read_within_limit, capture, site, self._limit_s, profile)

    def _make(self) -> ProcessPoolExecutor:
        # Not "fork": the parent has threads. The server imports the reader once; its children start in milliseconds.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["crawler.extract"])
        start_server()
        return ProcessPoolExecutor(self._processes, mp_context=context, initializer=begin_process)

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            end_pool(self._pool, patience_s=CLOSE_S)
            self._pool = None
