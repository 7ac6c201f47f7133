"""Samples: articles drawn by a seed, the same from every copy of an archive, in memory for the drawn ones alone."""

import hashlib
import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

from storage.export.batches import Batch


def rank(seed: int, url: str) -> int:
    """The place of an article in the order that a seed gives: a number of 64 bits, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(f"{seed}\n{url}".encode(), digest_size=8).digest(), "big")


@dataclass(slots=True)
class _Lowest:
    """The ids of the `most` lowest ranks."""

    most: int
    heap: list[tuple[int, int]] = field(default_factory=list)  # of (-rank, -id): the highest first

    def add(self, place: int, number: int) -> None:
        if len(self.heap) < self.most:
            heapq.heappush(self.heap, (-place, -number))
        elif self.heap and (-place, -number) > self.heap[0]:
            heapq.heapreplace(self.heap, (-place, -number))


def drawn(batches: Iterable[Batch], *, seed: int, sample: int | None, per_site: int | None) -> set[int]:
    """The ids that are drawn of batches with id, url and site: of each site first, then of them all."""
    sites: dict[str, _Lowest] = {}
    every = _Lowest(sample) if sample is not None else None
    for batch in batches:
        for number, url, site in zip(*(batch.columns[name] for name in ("id", "url", "site")), strict=True):
            place = rank(seed, url)
            if per_site is not None:
                sites.setdefault(site, _Lowest(per_site)).add(place, number)
            elif every is not None:
                every.add(place, number)
    if per_site is not None:
        of_sites = [entry for each in sites.values() for entry in each.heap]
        return {-number for _, number in (of_sites if sample is None else heapq.nlargest(sample, of_sites))}
    return {-number for _, number in every.heap} if every is not None else set()
