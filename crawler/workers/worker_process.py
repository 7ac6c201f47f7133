"""The parent's handle of one worker process: started by the fork server, called over a socket, killed at the end.

No thread or queue is between the two: each detects at once that the other has ended, and nothing waits for a process
that will not answer.
"""

import asyncio
import atexit
import multiprocessing
import os
import pickle
import signal
import socket
import threading
import time
import warnings
from contextlib import suppress
from multiprocessing import forkserver, resource_tracker
from typing import Any, Self

from crawler.workers.worker_main import LENGTH, OUT_OF_MEMORY, serve

REFUSALS = (OSError, EOFError, MemoryError)
END_S = 5.0  # for the kernel to end a killed process
_FIRST_BYTES = 64 * 1024  # size of the first read of an answer; most are shorter

_one_at_a_time = threading.Lock()  # for multiprocessing, which counts its children in a set
_living: set["WorkerProcess"] = set()


class WorkerDied(Exception):
    """A worker process died or could not be started; the message says how. took_too_long: killed for that reason."""

    def __init__(self, message: str, *, took_too_long: bool = False) -> None:
        super().__init__(message)
        self.took_too_long = took_too_long


class WorkerProcess:
    """A process that answers calls, one at a time. Use from one event loop."""

    def __init__(self, process: Any, channel: socket.socket) -> None:
        """Use `WorkerProcess.start`."""
        self._process = process
        self._channel = channel
        self._killed = False
        _living.add(self)

    @classmethod
    async def start(cls, limit_s: float) -> Self:
        """Start a process and wait until it is ready. Raises WorkerDied.

        limit_s: seconds for each of two steps: the fork server forks it, then it reports that it is ready. The event
        loop is not blocked meanwhile.
        """
        # Not "fork": the parent has threads. The server loads the modules once; workers then start at once.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["crawler.workers.fork_server"])
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        process = context.Process(target=serve, args=(theirs,), daemon=True)
        try:
            await _fork(process, theirs, limit_s)
        except BaseException:
            ours.close()
            raise
        worker = cls(process, ours)
        await worker._exchange(None, limit_s)
        return worker

    def is_alive(self) -> bool:
        """Whether the process can be called."""
        return not self._killed and bool(self._process.is_alive())

    async def call(self, call: tuple[Any, ...], limit_s: float) -> Any:
        """Call a function in the process; returns its result. call: the function and its arguments.

        Raises its exceptions, and WorkerDied. After limit_s seconds or a cancellation, the process is killed.
        """
        return await self._exchange(pickle.dumps(call), limit_s)

    def kill(self) -> None:
        """Kill the process, whatever it is doing."""
        _living.discard(self)
        self._killed = True
        self._channel.close()
        self._process.kill()
        self._process.join(END_S)

    async def _exchange(self, message: bytes | None, limit_s: float) -> Any:
        try:
            async with asyncio.timeout(limit_s):
                succeeded, value = await self._answer_to(message)
        except TimeoutError:
            self.kill()
            raise WorkerDied(f"no answer after {limit_s:g} s", took_too_long=True) from None
        except (OSError, EOFError) as error:
            raise WorkerDied(self._how_it_ended()) from error
        except BaseException:  # cancelled or interrupted: its answer would be read as the next call's
            self.kill()
            raise
        if not succeeded:
            raise value
        return value

    async def _answer_to(self, message: bytes | None) -> tuple[bool, Any]:
        loop = asyncio.get_running_loop()
        if message is not None:
            await loop.sock_sendall(self._channel, LENGTH.pack(len(message)) + message)
        succeeded, value = pickle.loads(await self._receive())  # noqa: S301 - made by our own process
        return succeeded, value

    async def _receive(self) -> memoryview:
        """Read the next message. Most need one read, with their length: a system call takes as long as a short page."""
        loop, received, filled, wanted = asyncio.get_running_loop(), bytearray(_FIRST_BYTES), 0, None
        while wanted is None or filled < wanted:
            count = await loop.sock_recv_into(self._channel, memoryview(received)[filled:])
            if count == 0:
                raise EOFError
            filled += count
            if wanted is None and filled >= LENGTH.size:
                wanted = LENGTH.size + LENGTH.unpack_from(received)[0]
                received = received[:filled] + bytearray(max(0, wanted - filled))
        return memoryview(received)[LENGTH.size : wanted]

    def _how_it_ended(self) -> str:
        self._process.join(END_S)
        code = self._process.exitcode
        self.kill()
        if code == OUT_OF_MEMORY:
            return "it needs more memory than a worker process may use"
        if code is not None and code < 0:
            return f"its process was ended by {signal.Signals(-code).name}"
        return f"its process ended (exit code {code})"


async def _fork(process: Any, theirs: socket.socket, limit_s: float) -> None:
    """Have the fork server start the process, in a thread, as the server may not answer. Raises WorkerDied.

    After limit_s seconds the server is killed with all processes that it forked; the next call starts another one.
    """
    loop = asyncio.get_running_loop()
    forked: asyncio.Future[None] = loop.create_future()

    def fork() -> None:
        error = None
        try:
            # Ignore the warning that the resource tracker was killed: we use no resources that it tracks.
            with _one_at_a_time, theirs, warnings.catch_warnings(action="ignore"):
                process.start()
        except REFUSALS as refused:  # also where the server died meanwhile
            error = _death(refused)
        with suppress(RuntimeError):  # the loop is closed: no caller waits any more
            loop.call_soon_threadsafe(_settle, forked, error)

    try:
        # In this thread: the kernel kills the server when the thread that started it ends.
        with warnings.catch_warnings(action="ignore"):
            _start_server()
        threading.Thread(target=fork, name="fork", daemon=True).start()
    except (*REFUSALS, RuntimeError) as refused:  # RuntimeError: no further thread can be started
        theirs.close()
        raise _death(refused) from refused
    try:
        async with asyncio.timeout(limit_s):
            await forked
    except TimeoutError:
        await _kill_server()
        raise WorkerDied(f"the fork server did not answer within {limit_s:g} s", took_too_long=True) from None


def _death(error: BaseException) -> WorkerDied:
    return WorkerDied(f"{type(error).__name__}: {error}")


def _settle(forked: "asyncio.Future[None]", error: WorkerDied | None) -> None:
    if forked.done():  # it took too long, or the caller was cancelled
        return
    if error is None:
        forked.set_result(None)
    else:
        forked.set_exception(error)


async def _kill_server() -> None:
    """Kill the fork server and wait until it is dead. Its exit code is left for multiprocessing to collect."""
    flags = os.WEXITED | os.WNOWAIT | os.WNOHANG
    with suppress(OSError, TypeError):  # it is dead, or was never started
        os.kill(_server_pid(), signal.SIGKILL)
        until = time.monotonic() + END_S
        while os.waitid(os.P_PID, _server_pid(), flags) is None and time.monotonic() < until:
            await asyncio.sleep(0.01)


def _server_pid() -> Any:
    """The fork server's process id; None if it was never started."""
    server: Any = forkserver._forkserver
    return server._forkserver_pid


def _start_server() -> None:
    """Start the fork server with SIGINT and SIGTERM blocked: a terminal or systemd sends them to the whole group.

    The parent handles them, and needs its workers until the pages under way are saved.
    """
    resource_tracker.ensure_running()  # first: its start unblocks the signals
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


@atexit.register  # runs before multiprocessing's handler, which waits for its processes without a limit
def _kill_all() -> None:
    """Kill the workers and the fork server, and the worker that was being forked when its event loop ended."""
    for worker in list(_living):
        worker.kill()
    with suppress(OSError, TypeError):
        os.kill(_server_pid(), signal.SIGKILL)  # a thread that waits for its answer goes on
    _one_at_a_time.acquire(timeout=END_S)  # never released, so that nothing is forked any more
    for child in multiprocessing.active_children():
        child.kill()
