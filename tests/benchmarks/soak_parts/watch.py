"""What a process and all below it hold: resident memory, open files, how many they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.faults.memory import resident_mb


@dataclass(frozen=True, slots=True)
class Sample:
    """At a moment: pages done, seconds since the beginning, and what all processes hold together."""

    pages: int
    seconds: float
    resident_mb: float
    main_mb: float
    files: int
    processes: int


def sample(root: int, pages: int, seconds: float) -> Sample:
    own = [root, *below(root)]
    memory = [resident_mb(each) for each in own]
    return Sample(pages, seconds, sum(memory), memory[0], sum(map(_open_files, own)), len(own))


def below(root: int) -> list[int]:
    """All processes that this one began, and those that they began."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if fields[0] != "Z":
            parents.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found: list[int] = []
    todo = [root]
    while todo:
        children = parents.get(todo.pop(), [])
        found += children
        todo += children
    return found


def _open_files(process: int) -> int:
    try:
        return sum(1 for _ in Path(f"/proc/{process}/fd").iterdir())
    except OSError:
        return 0


def rates(samples: Sequence[Sample], pages: int) -> list[float]:
    """Pages a second in each tenth of the crawl."""
    found, last = [], Sample(0, 0.0, 0, 0, 0, 0)
    for tenth in range(1, 11):
        at = next((each for each in samples if each.pages >= pages * tenth // 10), samples[-1])
        spent = at.seconds - last.seconds
        found.append((at.pages - last.pages) / spent if spent > 0 else 0.0)
        last = at
    return found
