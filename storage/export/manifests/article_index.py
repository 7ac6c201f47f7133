"""The index of an export: each article's id, URL and digest, from which a later export finds what changed.

Lines of text in the order of ids, compressed with gzip; one line is in memory at a time.
"""

import gzip
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from storage.errors import UsageError
from storage.export.article_schema import Field
from storage.export.batches import Batch
from storage.export.jsonl import json_lines
from storage.messages import message


class IndexEntry(NamedTuple):
    """One article of an export. digest: of its record as a JSON line; 128 bits, in hex."""

    id: int
    digest: str
    url: str


def index_entries(batch: Batch, fields: Sequence[Field]) -> list[IndexEntry]:
    """The entries of a batch, which must have the columns id and url."""
    lines = json_lines(batch, fields)
    return [
        IndexEntry(number, hashlib.sha256(line).hexdigest()[:32], url)
        for number, url, line in zip(batch.columns["id"], batch.columns["url"], lines, strict=True)
    ]


@dataclass(slots=True)
class IndexWriter:
    """Writes entries to an open file. digest: SHA-256 of the uncompressed lines."""

    out: IO[bytes]
    digest: Any = field(default_factory=hashlib.sha256)
    _packed: Any = None

    def __post_init__(self) -> None:
        # Without name and time in the header, so that the same articles make the same file.
        self._packed = gzip.GzipFile(filename="", mode="wb", fileobj=self.out, compresslevel=6, mtime=0)

    def write(self, entries: Sequence[IndexEntry]) -> None:
        """Append the entries."""
        lines = "".join(f"{each.id}\t{each.digest}\t{each.url}\n" for each in entries).encode()
        self.digest.update(lines)
        self._packed.write(lines)

    def close(self) -> None:
        """Flush; the file stays open."""
        self._packed.close()


def index_digest(path: Path) -> str:
    """SHA-256 of an index before compression, hex. Raises UsageError when it can't be read."""
    try:
        with gzip.open(path, "rb") as lines:
            return hashlib.file_digest(lines, "sha256").hexdigest()
    except (OSError, EOFError) as error:
        raise UsageError(
            message("{path} is no index of an export, or damaged: {error}", path=path, error=error)
        ) from error


def read_index(path: Path) -> Iterator[IndexEntry]:
    """Read the entries of an index. Raises UsageError when the file can't be read, or is no index."""
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            for line in cast("IO[str]", lines):
                number, digest, url = line.rstrip("\n").split("\t")
                yield IndexEntry(int(number), digest, url)
    except (OSError, EOFError, ValueError) as error:
        raise UsageError(
            message("{path} is no index of an export, or damaged: {error}", path=path, error=error)
        ) from error
