"""The plan of merges: small WARC files of one site and month are merged, in order of time. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from storage.warc.file_names import day_in, month_stem, site_in


@dataclass(frozen=True, slots=True)
class PlannedMerge:
    """stem: beginning of the new file's name. sources: at least two, in order of time. length: their total bytes."""

    site: str
    stem: str
    sources: tuple[Path, ...]
    length: int


def plan_merges(
    sizes: Iterable[tuple[Path, int]], *, before: date, limit: int, site: str | None = None
) -> list[PlannedMerge]:
    """The merges of a site, or of all sites, each of at most `limit` bytes. sizes: of the archive's WARC files.

    Only files of days earlier than `before` are merged, and only those smaller than half of the limit. A merged file is
    never merged again, so that no byte is copied twice.
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
    """The sort key: day, then time and run, or number; a day's common files come before those of single runs."""
    day, *others = re.findall(r"\d+", file[0].name.partition("-")[2])
    return day[:8], [int(day[8:] or 0), *map(int, others)]
