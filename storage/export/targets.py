"""The files of an export: format and compression by suffix, optional shards. Files appear when they are complete."""

import gzip
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import BinaryIO, Protocol, cast

import zstandard

from storage.errors import ArchiveError, UsageError
from storage.export.article_schema import Field
from storage.export.batches import Batch
from storage.export.csv_table import CsvWriter
from storage.export.jsonl import JsonlWriter
from storage.export.parquet_table import ParquetWriter, require_pyarrow
from storage.files import atomic_write
from storage.messages import message


class BatchWriter(Protocol):
    """Writes batches into one open file."""

    def write(self, batch: Batch) -> int:
        """Append the articles; return the number of bytes before compression."""

    def close(self) -> None:
        """Flush; the file stays open."""


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One file format. compression: "gz", "zst" or ""."""

    suffix: str
    writer: Callable[[BinaryIO, Sequence[Field]], BatchWriter]
    compression: str = ""


FORMATS = (
    FileFormat(".jsonl", JsonlWriter),
    FileFormat(".jsonl.gz", JsonlWriter, "gz"),
    FileFormat(".jsonl.zst", JsonlWriter, "zst"),
    FileFormat(".parquet", ParquetWriter),
    FileFormat(".csv", CsvWriter),
    FileFormat(".csv.gz", CsvWriter, "gz"),
    FileFormat(".csv.zst", CsvWriter, "zst"),
)


def format_of(name: str) -> FileFormat:
    """The format of a file name, by its suffix. Raises UsageError for unknown ones and for Parquet without pyarrow."""
    for each in FORMATS:
        if name.lower().endswith(each.suffix):
            if each.writer is ParquetWriter:
                require_pyarrow()
            return each
    known = ", ".join(each.suffix for each in FORMATS)
    raise UsageError(message("{name!r} should end in {known}; or be - for standard output", name=name, known=known))


@contextmanager
def standard_output(fields: Sequence[Field]) -> Iterator[BatchWriter]:
    """JSON lines on standard output. Raises BrokenPipeError when it was closed, ArchiveError for other errors."""
    try:
        yield JsonlWriter(sys.stdout.buffer, fields)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ArchiveError(message("can't write to standard output: {why}", why=error.strerror)) from error


class ShardWriter:
    """Writes batches to one file or to several shards in turn; `paths` lists the files begun so far.

    files: closed by the caller, which renames each file to its final name.
    """

    def __init__(self, files: ExitStack, names: Iterator[Path], fields: Sequence[Field], shard_bytes: int) -> None:
        self.paths: list[Path] = []
        self._files = files
        self._names = names
        self._fields = fields
        self._shard_bytes = shard_bytes
        self._begin()

    def write(self, batch: Batch) -> int:
        """Append the articles to the current file, or to the next one when it is full."""
        if self._filled >= self._shard_bytes:
            self.close()
            self._begin()
        written = self._writer.write(batch)
        self._filled += written
        return written

    def close(self) -> None:
        """Flush the current file."""
        self._writer.close()
        self._compression.close()

    def _begin(self) -> None:
        path = next(self._names)
        kind = format_of(path.name)
        file = self._files.enter_context(atomic_write(path))
        self._compression = self._files.enter_context(ExitStack())
        self._writer = kind.writer(self._compression.enter_context(_compressed(file, kind.compression)), self._fields)
        self._filled = 0
        self.paths.append(path)


@contextmanager
def export_files(
    path: Path, fields: Sequence[Field], *, shard_bytes: int | None = None, force: bool = False
) -> Iterator[ShardWriter]:
    """Open one file, or shards NAME-00000.SUFFIX, NAME-00001.SUFFIX ….

    They appear under their names when the block ends without an error; otherwise existing files are unchanged.
    shard_bytes: size at which a shard is full, before compression; None: one file. force: replace existing files.
    Raises UsageError for an invalid target, ArchiveError when the disk refuses.
    """
    kind = format_of(path.name)
    stem = path.name[: -len(kind.suffix)]
    try:
        earlier = _shards(path.parent, stem, kind.suffix) if shard_bytes else [path] if path.is_file() else []
    except OSError as error:  # for example a name that is too long
        raise UsageError(
            message("{path} can't be written: {why}; name another", path=path, why=error.strerror)
        ) from error
    if earlier and not force:
        raise UsageError(message("{path} exists; name another, or replace it with --force", path=earlier[0]))
    names = (path.with_name(f"{stem}-{number:05}{kind.suffix}") for number in count()) if shard_bytes else iter([path])
    with ExitStack() as files:
        writer = ShardWriter(files, names, fields, shard_bytes or sys.maxsize)
        try:
            yield writer
        except BaseException:
            with suppress(Exception):  # the files are deleted; closing a writer may fail for that
                writer.close()
            raise
        writer.close()
    for left in set(earlier) - set(writer.paths):
        left.unlink(missing_ok=True)  # shards of a longer export that this one replaces


def _shards(folder: Path, stem: str, suffix: str) -> list[Path]:
    pattern = re.compile(rf"{re.escape(stem)}-\d{{5,}}{re.escape(suffix)}")
    return sorted(each for each in folder.glob("*") if pattern.fullmatch(each.name))


@contextmanager
def _compressed(file: BinaryIO, compression: str) -> Iterator[BinaryIO]:
    if compression == "gz":
        # Without name and time in the header, so that the same articles make the same file.
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6, mtime=0) as out:
            yield cast(BinaryIO, out)
    elif compression == "zst":
        # A separate thread makes it almost free (61,000 rows a second; 34,000 in this thread).
        with zstandard.ZstdCompressor(level=3, threads=1, write_checksum=True).stream_writer(
            file, closefd=False
        ) as writer:
            yield cast(BinaryIO, writer)
    else:
        yield file
