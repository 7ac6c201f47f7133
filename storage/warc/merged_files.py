"""Merged WARC files: copies of several smaller files, byte for byte, which their first record lists.

A record can still be read by the name of a file that was merged, for example from a row that was read earlier, or from
a revisit that names the file with its payload.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import BinaryIO

from storage.errors import ArchiveError
from storage.files import replacement
from storage.messages import message
from storage.warc.faults import reach
from storage.warc.file_names import FOLDER, is_of_month, month_stem, numbered
from storage.warc.record_format import warcinfo
from storage.warc.store.stored_file import located
from storage.warc.warcinfo_fields import warcinfo_fields

_FIELD = "warraq-merged"
_PIECE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class MergedPart:
    """A file that was merged. name: without a folder. offset, length: of its bytes in the merged file."""

    name: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged file, with those of its parts that still exist as separate files, for example after a kill."""

    path: Path
    parts: tuple[MergedPart, ...]


def merged_parts(path: Path) -> tuple[MergedPart, ...]:
    """The parts that a merged file lists; () for any other file and for a missing one."""
    try:
        return _parts(path, path.stat().st_mtime_ns)
    except OSError:
        return ()


@lru_cache(maxsize=256)
def _parts(path: Path, _modified: int) -> tuple[MergedPart, ...]:
    parts = []
    for entry in warcinfo_fields(path).get(_FIELD, "").split(","):
        name, _, place = entry.strip().partition(" ")
        offset, _, length = place.partition("+")
        if name and offset.isdecimal() and length.isdecimal():
            parts.append(MergedPart(name, int(offset), int(length)))
    return tuple(parts)


def next_name(folder: Path, stem: str) -> str:
    """The first unused name of a month file. Existing names are never reused."""
    return next(name for name in _names(stem) if not located(folder, folder / FOLDER / name).exists())


def merged_into(folder: Path, name: str, *, ask_store: bool = True) -> tuple[Path, MergedPart] | None:
    """The merged file that contains the file of this name, and the part; None if it was not merged.

    ask_store: also look in the archive's store, if it has one.
    """
    stem = month_stem(name)
    for merged in _names(stem) if stem else ():
        path = folder / FOLDER / merged
        path = located(folder, path) if ask_store else path
        for part in merged_parts(path):
            if part.name == name:
                return path, part
        if not path.exists():
            return None
    return None


def moved(folder: Path, file: str, offset: int) -> tuple[str, int] | None:
    """The present file and offset of bytes that were at an offset of a file; None if it was not merged."""
    merged = merged_into(folder, file.rpartition("/")[2])
    if merged is None or offset >= merged[1].length:
        return None
    return f"{FOLDER}/{merged[0].name}", merged[1].offset + offset


def interrupted_merges(paths: Sequence[Path]) -> list[Merge]:
    """The merged files among these, if some of their parts are also among them."""
    there = {path.name for path in paths}
    merges = []
    for path in paths:
        if is_of_month(path.name):
            left = tuple(part for part in merged_parts(path) if part.name in there)
            merges += [Merge(path, left)] if left else []
    return merges


def write_merged(path: Path, sources: Sequence[Path], about: dict[str, str]) -> Iterator[int]:
    """Write a merged file, which appears when it is complete and synced; yield the number of bytes of each piece.

    about: fields of its warcinfo beside the list of its parts. Raises ArchiveError when the disk refuses.
    """
    lengths = [source.stat().st_size for source in sources]
    head, base = b"", -1
    while base != len(head):  # the list contains offsets, which depend on its own length
        base = len(head)
        head = warcinfo(path.name, {**about, _FIELD: _listed(sources, lengths, base)})
    try:
        with replacement(path) as out:
            out.write(head)
            for source, length in zip(sources, lengths, strict=True):
                with source.open("rb") as file:
                    yield from _copy(file, out, length)
                reach("compact-copied")
            out.flush()
            reach("compact-written")
    except OSError as error:
        raise ArchiveError(
            message("can't write {path}: {why}; nothing was merged into it", path=path, why=error.strerror or error)
        ) from error
    reach("compact-named")


def is_same(folder: Path, merge: Merge, part: MergedPart) -> bool:
    """Whether the part's separate file equals its copy in the merged file. folder: the archive's. Raises OSError."""
    own = located(folder, folder / FOLDER / part.name)
    if own.stat().st_size != part.length:
        return False
    with own.open("rb") as one, merge.path.open("rb") as other:
        other.seek(part.offset)
        return _digest(one, part.length) == _digest(other, part.length)


def _names(stem: str) -> Iterator[str]:
    return (numbered(stem, number) for number in count(1))


def _listed(sources: Sequence[Path], lengths: Sequence[int], base: int) -> str:
    entries = []
    for source, length in zip(sources, lengths, strict=True):
        entries.append(f"{source.name} {base}+{length}")
        base += length
    return ",".join(entries)


def _copy(file: BinaryIO, out: BinaryIO, length: int) -> Iterator[int]:
    while length > 0:
        piece = file.read(min(length, _PIECE))
        if not piece:
            raise OSError(f"{file.name} became shorter")
        length -= out.write(piece)
        yield len(piece)


def _digest(file: BinaryIO, length: int) -> bytes:
    digest = hashlib.sha256()
    while length > 0 and (piece := file.read(min(length, _PIECE))):
        length -= len(piece)
        digest.update(piece)
    return digest.digest()
