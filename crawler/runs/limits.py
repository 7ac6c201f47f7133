"""The limits of one command: its time, and the disk space that it leaves free."""

import asyncio
import os
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crawler.platforms.run_statistics import StopCause

LEAST_S = 12.0  # a shorter time would be spent on starting and stopping
# Stopping begins this long before the time is up: no further page is requested, open requests may still answer.
LONGEST_STOP_S = 60.0
STOP_SHARE = 3  # a third of the time, if that is shorter
SLOT_S = 600.0  # after which a site's slot is given to the next one


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one command. seconds: its time, from `began` (time.monotonic) on. min_free: bytes. None: no limit."""

    seconds: float | None = None
    min_free: int | None = None
    began: float = 0.0

    @property
    def stop_s(self) -> float:
        """Seconds from the moment when the sites are stopped to the end of the time."""
        return min(LONGEST_STOP_S, (self.seconds or 0.0) / STOP_SHARE)

    @property
    def left_s(self) -> float:
        """Seconds until the sites are stopped; infinite without a limit."""
        if self.seconds is None:
            return float("inf")
        return self.began + self.seconds - self.stop_s - time.monotonic()

    @property
    def is_over(self) -> bool:
        """Whether sites that have not stopped yet must be ended, so that their runs can be closed in time."""
        return self.left_s < -self.stop_s / 2

    def reached(self, folders: Iterable[Path]) -> StopCause | None:
        """The limit that is reached, if any. folders: on the disks to check; they need not exist yet."""
        if self.left_s <= 0:
            return "time"
        if self.min_free is not None and min(map(free_bytes, folders)) < self.min_free:
            return "disk"
        return None

    def slot_s(self, waiting: int, at_once: int) -> float:
        """Seconds after which a site's slot is given to the next one, while the site goes on.

        waiting: number of sites that have not begun, with this one. Each gets its turn before the time is up.
        """
        turns = -(-waiting // at_once)
        return min(SLOT_S, max(0.0, self.left_s) / max(1, turns))


class SiteSlot:
    """An acquired slot of the semaphore that limits the sites crawled at the same time. It is released once."""

    def __init__(self, slots: asyncio.Semaphore) -> None:
        self._slots: asyncio.Semaphore | None = slots

    def give(self) -> None:
        """Release the slot, so that the next site begins. A second call does nothing."""
        if self._slots is not None:
            self._slots.release()
            self._slots = None


def process_began() -> float:
    """When this process started, by time.monotonic's clock. Its imports take seconds, which count in the limit."""
    stat = Path("/proc/self/stat").read_text(encoding="ascii", errors="replace")
    ticks = int(stat.rpartition(")")[2].split()[19])  # since the machine was started
    age = time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    return time.monotonic() - max(0.0, age)


def free_bytes(folder: Path) -> int:
    """Free bytes of the disk that the folder is on, or will be on."""
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    return shutil.disk_usage(there).free
