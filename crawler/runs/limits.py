"""The limits of one command: when it must have ended, and how much of its disk it leaves free."""

import asyncio
import os
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crawler.platforms.run_statistics import StopCause

LEAST_S = 12.0  # a shorter time would be spent on starting and stopping
# Before the time is up: no further page is requested, and those under way may still answer.
LONGEST_STOP_S = 60.0
STOP_SHARE = 3  # of the whole time, for short ones
SLOT_S = 600.0  # a site that takes longer no longer counts among those that are crawled at the same time


@dataclass(frozen=True, slots=True)
class Limits:
    """seconds: the command ends so long after `began` (time.monotonic). min_free: bytes. None: no limit."""

    seconds: float | None = None
    min_free: int | None = None
    began: float = 0.0

    @property
    def stop_s(self) -> float:
        """Seconds before the end of the time at which the sites are stopped."""
        return min(LONGEST_STOP_S, (self.seconds or 0.0) / STOP_SHARE)

    @property
    def left_s(self) -> float:
        """Seconds until the sites are stopped; infinite without a limit."""
        if self.seconds is None:
            return float("inf")
        return self.began + self.seconds - self.stop_s - time.monotonic()

    @property
    def is_over(self) -> bool:
        """Whether what has not stopped by itself must be ended, so that its run can still be closed in time."""
        return self.left_s < -self.stop_s / 2

    def reached(self, folders: Iterable[Path]) -> StopCause | None:
        """Which limit is reached. folders: on the disks that must stay free; they may be still to be made."""
        if self.left_s <= 0:
            return "time"
        if self.min_free is not None and min(map(free_bytes, folders)) < self.min_free:
            return "disk"
        return None

    def slot_s(self, waiting: int, at_once: int) -> float:
        """Seconds after which a site's slot is given to the next one, while it goes on itself.

        waiting: sites that have not begun, this one among them. Each gets its turn before the time is up.
        """
        turns = -(-waiting // at_once)
        return min(SLOT_S, max(0.0, self.left_s) / max(1, turns))


class SiteSlot:
    """One of the slots for sites that are crawled at the same time, which the caller has acquired; given back once."""

    def __init__(self, slots: asyncio.Semaphore) -> None:
        self._slots: asyncio.Semaphore | None = slots

    def give(self) -> None:
        """Let the next site begin. Does nothing the second time."""
        if self._slots is not None:
            self._slots.release()
            self._slots = None


def process_began() -> float:
    """When this process was started, by the clock of time.monotonic: its imports take seconds of a limit, too."""
    stat = Path("/proc/self/stat").read_text(encoding="ascii", errors="replace")
    ticks = int(stat.rpartition(")")[2].split()[19])  # since the machine was started
    age = time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    return time.monotonic() - max(0.0, age)


def free_bytes(folder: Path) -> int:
    """Free bytes of the disk that the folder is on, or will be on."""
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    return shutil.disk_usage(there).free
