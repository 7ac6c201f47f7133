"""The descendants of a process, from /proc."""

import os
import signal
import time
from collections.abc import Collection, Iterable
from pathlib import Path

ENDS_S = 30.0  # in which every process of an ended command has to be gone, on a busy machine, too
STARTS_S = 120.0


def parents() -> dict[int, int]:
    """Each running process with its parent."""
    by_process = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
            except OSError:  # it has ended meanwhile
                continue
            if state not in ("Z", "X"):
                by_process[int(entry.name)] = int(parent)
    return by_process


def descendants(pid: int) -> set[int]:
    """All running processes below this one."""
    of, family = parents(), {pid}
    while more := {child for child, parent in of.items() if parent in family} - family:
        family |= more
    return family - {pid}


def workers(pid: int) -> set[int]:
    """The worker processes of a command: children of its fork server."""
    of, below = parents(), descendants(pid)
    return {child for child in below if of.get(child) not in (pid, None)}


def wait_for_workers(pid: int, count: int = 1) -> set[int]:
    """Wait until there are so many worker processes, and return them."""
    until = time.monotonic() + STARTS_S
    while len(running := workers(pid)) < count:
        assert time.monotonic() < until, "no worker process was started"
        time.sleep(0.01)
    return running


def kill(pids: Iterable[int]) -> None:
    """Send SIGKILL to each process; those that have ended are ignored."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def left(pids: Collection[int]) -> set[int]:
    """The processes that do not end within ENDS_S seconds."""
    until = time.monotonic() + ENDS_S
    while (still := set(pids) & parents().keys()) and time.monotonic() < until:
        time.sleep(0.02)
    return still
