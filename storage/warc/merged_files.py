"""WARC files that hold what was in several smaller ones, byte for byte, and say so in their first record.

Whoever asks for a record by the name of a file that was merged gets it: a row that was read before, or a revisit that
names the file with its payload.
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
    """A file that was merged. name: without a folder. offset, length: of its bytes in the file that holds them now."""

    name: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged file, and those of its parts that are still there as files of their own, as after a kill."""

    path: Path
    parts: tuple[MergedPart, ...]


def merged_parts(path: Path) -> tuple[MergedPart, ...]:
    """What a file says to have merged; nothing for any other file, and for one that is missing."""
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
    """The name of the next file of a month. A name is never given twice while the one before it is there."""
    return next(name for name in _names(stem) if not located(folder, folder / FOLDER / name).exists())


def merged_into(folder: Path, name: str, *, ask_store: bool = True) -> tuple[Path, MergedPart] | None:
    """The file that merged the one of this name, and where in it; None where none did.

    ask_store: whether to look in the archive's store, too, if it has one.
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
    """Where the bytes are now that were at an offset of a file of the archive; None: it was not merged."""
    merged = merged_into(folder, file.rpartition("/")[2])
    if merged is None or offset >= merged[1].length:
        return None
    return f"{FOLDER}/{merged[0].name}", merged[1].offset + offset


def interrupted_merges(paths: Sequence[Path]) -> list[Merge]:
    """The merged files among these, some of whose parts are there, too."""
    there = {path.name for path in paths}
    merges = []
    for path in paths:
        if is_of_month(path.name):
            left = tuple(part for part in merged_parts(path) if part.name in there)
            merges += [Merge(path, left)] if left else []
    return merges


def write_merged(path: Path, sources: Sequence[Path], about: dict[str, str]) -> Iterator[int]:
    """Write a merged file, which appears when it is complete and on the disk; yields the bytes of each piece copied.

    about: fields of its warcinfo beside the list of its parts. Raises ArchiveError when the disk refuses.
    """
    lengths = [source.stat().st_size for source in sources]
    head, base = b"", -1
    while base != len(head):  # the list tells where the parts begin, behind itself
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
    """Whether the part's own file still has the bytes that were merged. folder: the archive's. Raises OSError."""
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
