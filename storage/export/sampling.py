"""Samples: articles drawn by a seed, the same from every copy of an archive. Memory grows with the sample only."""

import hashlib
import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

from storage.export.batches import Batch


def rank(seed: int, url: str) -> int:
    """The sort key of an article in a seed's order: a 64-bit number, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(f"{seed}\n{url}".encode(), digest_size=8).digest(), "big")


@dataclass(slots=True)
class _Lowest:
    """Collects the ids with the `most` lowest ranks."""

    most: int
    heap: list[tuple[int, int]] = field(default_factory=list)  # (-rank, -id), so that the highest rank comes first

    def add(self, place: int, number: int) -> None:
        if len(self.heap) < self.most:
            heapq.heappush(self.heap, (-place, -number))
        elif self.heap and (-place, -number) > self.heap[0]:
            heapq.heapreplace(self.heap, (-place, -number))


def drawn(batches: Iterable[Batch], *, seed: int, sample: int | None, per_site: int | None) -> set[int]:
    """Draw ids from batches with id, url and site: first per_site of each site, then `sample` of these."""
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
