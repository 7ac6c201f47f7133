"""The folder `evidence` of an archive: seals, their leaves, timestamps, and the list of removed leaves.

`000001.seal` is a seal's text, `000001.leaves` lists its records in the order of the tree, `000001.tsr` is the response
of a timestamp authority (RFC 3161) in DER. `removed.txt` lists leaves whose bytes were erased.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage.errors import ArchiveError
from storage.evidence.day_seal import DaySeal, parse_seal
from storage.evidence.merkle import leaf_hash
from storage.files import replacement, sync
from storage.messages import message

FOLDER = "evidence"
REMOVED_FILE = "removed.txt"
NAME = re.compile(r"(\d{6,9})\.(?:seal|leaves|tsr)|removed\.txt")
_LEAF = re.compile(rb"([0-9a-f]{64}) (\d{1,18}) (\d{1,18})")
_REMOVED = re.compile(rb"([0-9a-f]{64}) \S+")


@dataclass(frozen=True, slots=True)
class SealedLeaf:
    """A leaf of a seal. file: as in positions. offset, length: where the record was when it was sealed."""

    hash: bytes
    file: str
    offset: int
    length: int


def evidence_files(folder: Path) -> list[Path]:
    """The evidence files, by name. Some of a seal's files may be missing, for example after a kill."""
    return sorted(path for path in (folder / FOLDER).glob("*") if NAME.fullmatch(path.name) and path.is_file())


def numbers(folder: Path) -> list[int]:
    """The numbers of the seals that are there, ascending."""
    names = (NAME.fullmatch(path.name) for path in (folder / FOLDER).glob("*.seal"))
    return sorted({int(name[1]) for name in names if name is not None and name[1].isascii()})


def read_text(folder: Path, number: int, suffix: str) -> bytes | None:
    """Read one of a seal's files (suffix: seal, leaves, tsr); None if it does not exist. Raises ArchiveError."""
    path = path_of(folder, number, suffix)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ArchiveError(message("can't read {path}: {why}", path=path, why=error.strerror)) from error


def path_of(folder: Path, number: int, suffix: str) -> Path:
    """The path of one of a seal's files."""
    return folder / FOLDER / f"{number:06}.{suffix}"


def read_seals(folder: Path) -> list[DaySeal]:
    """All seals, in order. Raises ArchiveError when one is missing or damaged."""
    seals: list[DaySeal] = []
    for number in numbers(folder):
        seal = parse_seal(read_text(folder, number, "seal") or b"")
        follows = number == len(seals) + 1 and (not seals or (seal and seal.previous == seals[-1].digest()))
        if seal is None or not follows:
            path = path_of(folder, number, "seal")
            raise ArchiveError(
                message("{path} is not what the others say of it; see `warraq attest verify`", path=path)
            )
        seals.append(seal)
    return seals


def list_text(listed: Iterable[SealedLeaf]) -> bytes:
    """The bytes of a list of leaves, in the order of the tree."""
    lines, file = [], None
    for leaf in listed:
        if leaf.file != file:
            file = leaf.file
            lines.append(f"file {file}\n")
        lines.append(f"{leaf.hash.hex()} {leaf.offset} {leaf.length}\n")
    return "".join(lines).encode()


def write_seal(folder: Path, seal: DaySeal, listed: bytes) -> None:
    """Write a seal's list of leaves, then the seal. Raises OSError, and ArchiveError as `replacement`."""
    (folder / FOLDER).mkdir(exist_ok=True)
    for suffix, content in (("leaves", listed), ("seal", seal.text())):
        with replacement(path_of(folder, seal.number, suffix)) as out:
            out.write(content)


def write_timestamp(folder: Path, number: int, answer: bytes) -> None:
    """Store an authority's response. Raises ArchiveError."""
    path = path_of(folder, number, "tsr")
    try:
        with replacement(path) as out:
            out.write(answer)
    except OSError as error:
        raise ArchiveError(message("can't write {path}: {why}", path=path, why=error.strerror)) from error


def sealed_leaves(text: bytes) -> Iterator[SealedLeaf]:
    """Parse the leaves of a list, in order. Malformed lines are left out, so that the root differs then."""
    file = ""
    for line in text.split(b"\n"):
        if line.startswith(b"file "):
            file = line[5:].decode("utf-8", "replace")
        elif match := _LEAF.fullmatch(line):
            yield SealedLeaf(bytes.fromhex(match[1].decode()), file, int(match[2]), int(match[3]))


def removed_leaves(folder: Path) -> set[bytes]:
    """The hashes of the leaves whose bytes were erased."""
    path = folder / FOLDER / REMOVED_FILE
    if not path.is_file():
        return set()
    matches = map(_REMOVED.fullmatch, path.read_bytes().split(b"\n"))
    return {bytes.fromhex(match[1].decode()) for match in matches if match is not None}


def note_removed(folder: Path, path: Path, spans: Iterable[tuple[int, int]], *, now: datetime) -> None:
    """Add the leaves of records that are about to be erased. spans: offset and length of each in the WARC file.

    The hashes reveal nothing about the records, since each record contains a random number. Raises OSError.
    """
    (folder / FOLDER).mkdir(exist_ok=True)
    lines = []
    with path.open("rb") as file:
        for offset, length in spans:
            file.seek(offset)
            lines.append(f"{leaf_hash(file.read(length)).hex()} {now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n")
    with (folder / FOLDER / REMOVED_FILE).open("ab") as out:
        out.write(b"\n" if out.tell() and not _ends_with_line(folder) else b"")  # a kill may have torn the last line
        out.write("".join(lines).encode())
        sync(out)


def _ends_with_line(folder: Path) -> bool:
    with (folder / FOLDER / REMOVED_FILE).open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) == b"\n"
