"""The check of one WARC file against its sealed records: which are present, changed, dropped or moved."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from storage.evidence.leaves import RecordLeaf, day_of, is_redacted, leaves
from storage.evidence.sealed_index import Expected
from storage.messages import Message, message
from storage.warc.file_names import at_byte
from storage.warc.torn_files import Gap


@dataclass(frozen=True, slots=True)
class Unknown:
    """A record that is not sealed in its file. url: "" if it has none. day: None without a valid date."""

    hash: bytes
    file: str
    offset: int
    length: int
    kind: str
    url: str
    day: date | None

    def words(self) -> Message:
        """A description of its position and content."""
        where = at_byte(self.file, self.offset)
        if not self.url:
            return message("{where}: {kind!s} of no address", where=where, kind=self.kind)
        return message("{where}: {kind!s} of {url!s}", where=where, kind=self.kind, url=self.url)


@dataclass(slots=True)
class FileCheck:
    """The result for one file. found: number of sealed records. lost: missing ones, with their expected offsets."""

    found: int = 0
    unknown: list[Unknown] = field(default_factory=list)
    lost: list[tuple[Expected, int]] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    unordered: list[str] = field(default_factory=list)  # descriptions
    twice: list[str] = field(default_factory=list)


def check_file(
    path: Path, name: str, expected: Sequence[Expected], on_record: Callable[[RecordLeaf], None] | None = None
) -> FileCheck:
    """Compare a file with its sealed records. expected: by position. name: of the file in positions. Raises OSError."""
    done = FileCheck()
    by_hash: dict[bytes, int] = {}
    for place, each in enumerate(expected):
        by_hash.setdefault(each.hash, place)
    met: list[tuple[int, int]] = []  # index in `expected`, and present offset
    seen: set[int] = set()
    for leaf in leaves(path):
        if isinstance(leaf, Gap):
            done.gaps.append(leaf)
            continue
        if on_record is not None:
            on_record(leaf)
        place = by_hash.get(leaf.hash, -1)
        if place < 0:
            unknown = _unknown(leaf, name)
            done.unknown += [unknown] if unknown is not None else []
        elif place in seen:
            what, offset = _what(leaf, name), expected[place].offset
            done.twice.append(message("{what}: the record of byte {offset} once more", what=what, offset=offset))
        else:
            seen.add(place)
            met.append((place, leaf.offset))
    done.found = len(met)
    ordered = _in_order([place for place, _ in met])
    done.unordered = [_moved(path, name, expected[place], at) for place, at in met if place not in ordered]
    steady = [(place, offset) for place, offset in met if place in ordered]
    _find_lost(expected, by_hash, seen, steady, done)
    return done


def _moved(path: Path, name: str, each: Expected, offset: int) -> str:
    leaf = next(leaves(path, offset))
    what = _what(leaf, name) if isinstance(leaf, RecordLeaf) else at_byte(name, offset)
    return message("{what}: it was sealed at byte {offset}, before or behind others", what=what, offset=each.offset)


def _what(leaf: RecordLeaf, name: str) -> Message:
    unknown = _unknown(leaf, name)
    return unknown.words() if unknown is not None else at_byte(name, leaf.offset)


def _find_lost(
    expected: Sequence[Expected],
    by_hash: dict[bytes, int],
    seen: set[int],
    steady: Sequence[tuple[int, int]],
    done: FileCheck,
) -> None:
    """Find the missing records and their expected offsets, by the shift of the nearest present record before each."""
    before = [place for place, _ in steady]
    for place, each in enumerate(expected):
        if place in seen or by_hash[each.hash] != place:
            continue
        at = bisect_right(before, place) - 1
        by = steady[at][1] - expected[before[at]].offset if at >= 0 else 0
        done.lost.append((each, each.offset + by))


def _unknown(leaf: RecordLeaf, name: str) -> Unknown | None:
    fields = leaf.fields()
    if is_redacted(fields):
        return None
    kind, url = fields.get("warc-type", "record"), fields.get("warc-target-uri", "").strip("<>")
    return Unknown(leaf.hash, name, leaf.offset, leaf.length, kind, url, day_of(fields))


def _in_order(row: Sequence[int]) -> set[int]:
    """The longest increasing subsequence of the numbers; records outside it were moved."""
    tails: list[int] = []
    ends: list[int] = []  # index of each tail
    before: list[int] = []
    for position, place in enumerate(row):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(place)
            ends.append(position)
        else:
            tails[at], ends[at] = place, position
    kept: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(row[at])
        at = before[at]
    return kept


def covering(pieces: Iterable[tuple[int, int]], offset: int) -> int | None:
    """The index of the span that covers an offset; None if none does. pieces: (offset, length), ascending."""
    spans = list(pieces)
    at = bisect_right([start for start, _ in spans], offset) - 1
    return at if at >= 0 and offset < spans[at][0] + spans[at][1] else None
