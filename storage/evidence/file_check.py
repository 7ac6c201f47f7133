"""The check of one WARC file against what was sealed in it: what is there, changed, dropped or moved."""

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
    """A record that is not sealed in its file. url: "" where it has none. day: None where it has no valid date."""

    hash: bytes
    file: str
    offset: int
    length: int
    kind: str
    url: str
    day: date | None

    def words(self) -> Message:
        """Where it is, and what."""
        where = at_byte(self.file, self.offset)
        if not self.url:
            return message("{where}: {kind!s} of no address", where=where, kind=self.kind)
        return message("{where}: {kind!s} of {url!s}", where=where, kind=self.kind, url=self.url)


@dataclass(slots=True)
class FileCheck:
    """What a file holds of what it is to hold. lost: sealed records that are not there, with where they would be."""

    found: int = 0
    unknown: list[Unknown] = field(default_factory=list)
    lost: list[tuple[Expected, int]] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    unordered: list[str] = field(default_factory=list)  # in words
    twice: list[str] = field(default_factory=list)


def check_file(
    path: Path, name: str, expected: Sequence[Expected], on_record: Callable[[RecordLeaf], None] | None = None
) -> FileCheck:
    """Compare a file with what was sealed in it, by position. name: the file's in positions. Raises OSError."""
    done = FileCheck()
    by_hash: dict[bytes, int] = {}
    for place, each in enumerate(expected):
        by_hash.setdefault(each.hash, place)
    met: list[tuple[int, int]] = []  # place among the expected, and offset now
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
    """Find what is not there, and where it would be: behind what is there of the records before it."""
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
    """The longest part of a row of numbers that ascends: what lies outside of it was moved."""
    tails: list[int] = []
    ends: list[int] = []  # position of each tail
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
    """Which of these spans (offset, length; ascending) covers an offset; None: none does."""
    spans = list(pieces)
    at = bisect_right([start for start, _ in spans], offset) - 1
    return at if at >= 0 and offset < spans[at][0] + spans[at][1] else None
