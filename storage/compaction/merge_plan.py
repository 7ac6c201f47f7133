"""Which WARC files are merged with which: small ones of one site and month, in order of time. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from storage.warc.file_names import day_in, month_stem, site_in


@dataclass(frozen=True, slots=True)
class PlannedMerge:
    """stem: how the new file's name begins. sources: in order of time, at least two. length: their bytes."""

    site: str
    stem: str
    sources: tuple[Path, ...]
    length: int


def plan_merges(
    sizes: Iterable[tuple[Path, int]], *, before: date, limit: int, site: str | None = None
) -> list[PlannedMerge]:
    """The merges of a site, or of all, each of `limit` bytes at most. sizes: of the archive's WARC files.

    Only files of earlier days than `before` are merged, and none that has half of the limit or more: it is big enough.
    A file that merges others already is never merged again, so that no byte is copied twice.
    """
    months: dict[str, list[tuple[Path, int]]] = {}
    for path, size in sizes:
        day, stem = day_in(path.name), month_stem(path.name)
        if stem is not None and day is not None and day < before and site in (None, site_in(path.name)):
            months.setdefault(stem, []).append((path, size))
    plan = []
    for stem, files in sorted(months.items()):
        small = [(path, size) for path, size in sorted(files, key=_time) if 2 * size < limit]
        for group in _groups(small, limit):
            if len(group) > 1:
                sources = tuple(path for path, _ in group)
                plan.append(PlannedMerge(stem.rpartition("-")[0], stem, sources, sum(size for _, size in group)))
    return plan


def _groups(files: Iterable[tuple[Path, int]], limit: int) -> Iterable[list[tuple[Path, int]]]:
    group: list[tuple[Path, int]] = []
    length = 0
    for path, size in files:
        if length + size > limit:
            yield group
            group, length = [], 0
        group.append((path, size))
        length += size
    yield group


def _time(file: tuple[Path, int]) -> tuple[str, list[int]]:
    """Day, then time and run, or number: a day's own files come before those of single runs on it."""
    day, *others = re.findall(r"\d+", file[0].name.partition("-")[2])
    return day[:8], [int(day[8:] or 0), *map(int, others)]
