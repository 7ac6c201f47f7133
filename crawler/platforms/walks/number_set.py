"""A set of 64-bit numbers that takes little more than eight bytes a number: a run may meet millions of pages."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

_PART = 56  # the highest eight bits select one of 256 parts
_MASK = 2**64 - 1


class NumberSet:
    """A set of hashes, which must be spread evenly. A negative number counts by its 64 bits.

    Python's set takes about 70 bytes a number, and twice that while it grows. Here each part is a sorted array: with a
    million numbers, adding one moves about 16 KB.
    """

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._parts: defaultdict[int, array[int]] = defaultdict(lambda: array("Q"))
        self._count = 0
        for number in numbers:
            self.add(number)

    def add(self, number: int) -> bool:
        """Add a number; return whether it was not in the set before."""
        number &= _MASK
        part = self._parts[number >> _PART]
        place = bisect_left(part, number)
        if place < len(part) and part[place] == number:
            return False
        part.insert(place, number)
        self._count += 1
        return True

    def __contains__(self, number: int) -> bool:
        number &= _MASK
        part = self._parts.get(number >> _PART, ())
        place = bisect_left(part, number)
        return place < len(part) and part[place] == number

    def __len__(self) -> int:
        return self._count
