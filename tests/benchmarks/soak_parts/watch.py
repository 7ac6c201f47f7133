"""Measures a process and its descendants: resident memory, open files, number of processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.faults.memory import resident_mb
from tests.support.faults.processes import descendants


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample: pages done, seconds since the start, and the resources of all processes together."""

    pages: int
    seconds: float
    resident_mb: float
    main_mb: float
    files: int
    processes: int


def sample(root: int, pages: int, seconds: float) -> Sample:
    own = [root, *descendants(root)]
    memory = [resident_mb(each) for each in own]
    return Sample(pages, seconds, sum(memory), memory[0], sum(map(_open_files, own)), len(own))


def _open_files(process: int) -> int:
    try:
        return sum(1 for _ in Path(f"/proc/{process}/fd").iterdir())
    except OSError:
        return 0


def rates(samples: Sequence[Sample], pages: int) -> list[float]:
    """Pages a second in each tenth of the crawl."""
    speeds, last = [], Sample(0, 0.0, 0, 0, 0, 0)
    for tenth in range(1, 11):
        at = next((each for each in samples if each.pages >= pages * tenth // 10), samples[-1])
        spent = at.seconds - last.seconds
        speeds.append((at.pages - last.pages) / spent if spent > 0 else 0.0)
        last = at
    return speeds
