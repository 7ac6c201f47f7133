"""The processor time of a crawl: by thread of its own process, and of the processes that it starts."""

import os
import threading
import time
from collections import Counter
from pathlib import Path

PERIOD_S = 0.2
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")

# What the threads of a crawl are called in the table; those named neither here nor "warraq …" are the hand-over.
REACTOR, READERS, HAND_OVER = "reactor", "readers", "hand-over to readers"


def seconds_of(stat: Path) -> float:
    """User and system seconds of a process or thread, from its file `stat` under /proc."""
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * _TICK_S


class ProcessorTime:
    """Samples the clocks of this process and its descendants every PERIOD_S; an ended process keeps its last value."""

    def __init__(self) -> None:
        self._seconds: dict[tuple[str, int], float] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watch", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._before = time.thread_time()
        self._thread.start()

    def stop(self) -> dict[str, float]:
        """Seconds by stage."""
        self._ended.set()
        self._thread.join()
        totals: Counter[str] = Counter()
        for (stage, _), seconds in self._seconds.items():
            totals[stage] += seconds
        totals[REACTOR] = time.thread_time() - self._before  # exact: this thread runs the reactor
        return dict(totals)

    def _watch(self) -> None:
        while not self._ended.wait(PERIOD_S):
            self._look()

    def _look(self) -> None:
        names = {thread.native_id: thread.name for thread in threading.enumerate()}
        for thread_id, name in names.items():
            if thread_id is None or name in ("watch", "MainThread"):
                continue
            stage = name if name.startswith("warraq ") else HAND_OVER
            self._note(stage, thread_id, Path(f"/proc/self/task/{thread_id}/stat"))
        for process_id in _descendants(os.getpid()):
            self._note(READERS, process_id, Path(f"/proc/{process_id}/stat"))

    def _note(self, stage: str, key: int, stat: Path) -> None:
        try:
            self._seconds[stage, key] = seconds_of(stat)
        except OSError:  # it has just ended
            return


def _descendants(process_id: int) -> set[int]:
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    children: set[int] = set()
    while new := {child for child, parent in parents.items() if parent in {process_id, *children}} - children:
        children |= new
    return children
