"""Measure the memory of processes from /proc."""

import re
from pathlib import Path


def peak_mb(process: int | str = "self") -> float:
    """The peak memory of a process; getrusage would include its parent's memory at the fork."""
    return _mb(process, "VmHWM")


def resident_mb(process: int | str = "self") -> float:
    """The resident memory of a process; 0 when it has ended."""
    return _mb(process, "VmRSS")


def _mb(process: int | str, name: str) -> float:
    try:
        match = re.search(rf"{name}:\s*(\d+) kB", Path(f"/proc/{process}/status").read_text())
    except OSError:
        return 0
    return int(match[1]) / 1024 if match else 0
