"""Building of the index of a large archive by several processes, each of which builds a part."""

import os
import selectors
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import orjson
from sqlalchemy import URL, Engine

from storage.db.database import database_path
from storage.errors import ArchiveError

MOST = 8  # processes


class PartFailed(ArchiveError):
    """A process did not complete its part."""


def processors() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def build_parts(
    engine: Engine, parts: Sequence[Path], ranges: Iterable[tuple[int, int]], on_done: Callable[[int], None]
) -> None:
    """Build an index in each folder of `parts`. ranges: article ids [first, last], each indexed in one of the folders.

    on_done: called after each range with its number of articles. Raises PartFailed.
    """
    path = database_path(engine)
    url = engine.url if path is None else URL.create("sqlite", database=str(path))
    with ExitStack() as stack, selectors.DefaultSelector() as ready:
        waiting = iter(ranges)
        for part in parts:
            worker = stack.enter_context(_started())
            ready.register(worker.answers, selectors.EVENT_READ, worker)
            worker.tell({"url": url.render_as_string(hide_password=False), "path": str(part)})
            worker.tell(next(waiting, None))
        while ready.get_map():
            for key, _ in ready.select():
                worker = key.data
                count = worker.answer()
                if count < 0:
                    ready.unregister(worker.answers)
                else:
                    on_done(count)
                    worker.tell(next(waiting, None))


@dataclass(frozen=True, slots=True)
class _Worker:
    """One process. Every answer is awaited before the next line is sent."""

    orders: IO[bytes]
    answers: IO[bytes]

    def tell(self, message: object) -> None:
        try:
            self.orders.write(orjson.dumps(message) + b"\n")
            self.orders.flush()
        except OSError as error:
            raise PartFailed("a process that makes a part of the index died") from error

    def answer(self) -> int:
        line = self.answers.readline()
        if not line.endswith(b"\n"):
            raise PartFailed("a process that makes a part of the index died")
        return int(line)


@contextmanager
def _started() -> Iterator[_Worker]:
    line = [sys.executable, "-m", "storage.search.segments.part_builder"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        # In its own session, so that an interrupt from the terminal reaches the parent only.
        process = subprocess.Popen(  # noqa: S603 - a module of ours
            line, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, start_new_session=True
        )
    except OSError as error:
        raise PartFailed(f"no process can be started: {error.strerror}") from error
    with process:
        try:
            if process.stdin is None or process.stdout is None:
                raise PartFailed("a process has no pipes")
            yield _Worker(process.stdin, process.stdout)
        finally:
            process.kill()  # no effect if it has ended
