"""An index of the sealed records by file, packed in memory from the lists of all seals."""

import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from storage.evidence.seal_folder import numbers, read_text, sealed_leaves
from storage.warc.file_names import FOLDER, is_of_month
from storage.warc.merged_files import merged_parts

_ENTRY = struct.Struct("<32sQQI")  # 52 bytes a record; a Python object would take five times as many


@dataclass(frozen=True, slots=True)
class Expected:
    """A sealed record. offset: expected in the file that contains it now. sealed_file: the file when it was sealed."""

    hash: bytes
    offset: int
    length: int
    seal: int
    sealed_file: str


class SealedIndex:
    """The sealed records of an archive, by file."""

    def __init__(self) -> None:
        self._files: defaultdict[str, bytearray] = defaultdict(bytearray)

    @classmethod
    def of(cls, folder: Path) -> "SealedIndex":
        """Build the index of all lists in the folder. Raises ArchiveError."""
        index = cls()
        for number in numbers(folder):
            index.add(number, read_text(folder, number, "leaves") or b"")
        return index

    def add(self, seal: int, listed: bytes) -> list[bytes]:
        """Add the list of a seal. Returns its hashes, in order."""
        hashes = []
        for leaf in sealed_leaves(listed):
            hashes.append(leaf.hash)
            self._files[leaf.file] += _ENTRY.pack(leaf.hash, leaf.offset, leaf.length, seal)
        return hashes

    def files(self) -> set[str]:
        """The files in which records were sealed."""
        return set(self._files)

    def of_file(self, file: str, by: int = 0) -> Iterator[Expected]:
        """The records sealed in a file. by: bytes to add to their offsets."""
        for entry, offset, length, seal in _ENTRY.iter_unpack(self._files.get(file, b"")):
            yield Expected(entry, offset + by, length, seal, file)

    def expected_in(self, path: Path) -> list[Expected]:
        """The records expected in a WARC file, by position: those sealed in it and in the files merged into it."""
        here = list(self.of_file(f"{FOLDER}/{path.name}"))
        for part in merged_parts(path) if is_of_month(path.name) else ():
            here += self.of_file(f"{FOLDER}/{part.name}", part.offset)
        return sorted(here, key=lambda each: (each.offset, each.seal))

    def end_in(self, path: Path) -> int:
        """The offset behind the last sealed record of a file; 0 if it has none."""
        return max((each.offset + each.length for each in self.expected_in(path)), default=0)
