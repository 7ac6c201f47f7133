"""A set of 64-bit numbers at eight bytes or a little more each: a run may meet millions of pages."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

_PART = 56  # bits below those that name a number's part, of which there are 256
_MASK = 2**64 - 1


class NumberSet:
    """Numbers of hashes, which are spread evenly. Of a negative one its 64 bits count.

    A set of Python's takes about 70 bytes for each, and twice that while it grows. Here each part is an ordered array:
    with a million numbers, adding one moves 16 KB at most.
    """

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._parts: defaultdict[int, array[int]] = defaultdict(lambda: array("Q"))
        self._count = 0
        for number in numbers:
            self.add(number)

    def add(self, number: int) -> bool:
        """Whether the number was not in the set. It is then."""
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
