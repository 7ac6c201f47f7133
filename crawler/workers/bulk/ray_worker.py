"""A worker process that Ray runs on any machine of its cluster: a replacement for `worker_process.WorkerProcess`.

If it dies, the pool repeats the call in another process, as it does with a local one.
"""

import asyncio
import importlib
import os
import pickle
from functools import cache
from typing import Any, Self

from crawler.workers.worker_main import OUT_OF_MEMORY, answer
from crawler.workers.worker_process import WorkerDied


class Answerer:
    """The actor in Ray's process: answers calls of the parent, one after the other."""

    def process_id(self) -> int:
        """Return the process id, which shows that the process is ready."""
        return os.getpid()

    def answer(self, call: bytes) -> bytes:
        """Run a pickled call; returns a pickled pair, as `worker_main.serve` sends it."""
        try:
            return pickle.dumps(answer(call))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


class RayWorker:
    """A process of Ray that answers calls, one at a time. Use from one event loop, within `ray_cluster`."""

    def __init__(self, actor: Any) -> None:
        """Use `RayWorker.start`."""
        self._actor = actor
        self._ended = False

    @classmethod
    async def start(cls, limit_s: float) -> Self:
        """Start a process and wait until it is ready, for at most limit_s seconds. Raises WorkerDied."""
        worker = cls(_actor_class().remote())
        await worker._result(worker._actor.process_id.remote(), limit_s)
        return worker

    def is_alive(self) -> bool:
        """Whether the process can be called. A death is detected only by the next call."""
        return not self._ended

    async def call(self, call: tuple[Any, ...], limit_s: float) -> Any:
        """As `WorkerProcess.call`."""
        packed = await self._result(self._actor.answer.remote(pickle.dumps(call)), limit_s)
        succeeded, value = pickle.loads(packed)  # noqa: S301 - made by our own process
        if not succeeded:
            raise value
        return value

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        if not self._ended:
            self._ended = True
            ray = importlib.import_module("ray")
            if ray.is_initialized():
                ray.kill(self._actor, no_restart=True)

    async def _result(self, reference: Any, limit_s: float) -> Any:
        errors = importlib.import_module("ray.exceptions")
        try:
            async with asyncio.timeout(limit_s):
                return await asyncio.wrap_future(reference.future())
        except TimeoutError:
            self.kill()
            raise WorkerDied(f"no answer after {limit_s:g} s", took_too_long=True) from None
        except errors.RayError as error:
            self.kill()
            raise WorkerDied(f"its process on Ray ended ({type(error).__name__})") from error
        except BaseException:  # cancelled or interrupted
            self.kill()
            raise


@cache
def _actor_class() -> Any:
    ray = importlib.import_module("ray")
    return ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Answerer)
