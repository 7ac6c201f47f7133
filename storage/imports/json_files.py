"""Reading of JSON files in bounded memory: JSON lines, a JSON array, or one object, plain or compressed."""

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import zstandard

from storage.errors import UsageError
from storage.messages import message

LONGEST_RECORD = 16 << 20  # bytes
LARGEST_ARRAY = 256 << 20  # bytes of a file that is one JSON value, decompressed
_CHUNK = 1 << 16
_ZST_CHUNK = 512  # compressed bytes; a block of 4 may decompress to 128 KiB
SUFFIXES = tuple(f"{kind}{packed}" for kind in (".jsonl", ".ndjson", ".json") for packed in ("", ".gz", ".zst"))
Progress = Callable[[int], None]  # bytes of the file that were read


class DamagedFile(Exception):
    """The file is damaged or truncated behind the records read so far; the message says how."""


# The number of a record in the file, from 1, with the record, or with a text that says why it is invalid.
Numbered = tuple[int, dict[str, Any] | str]


def json_records(path: Path, progress: Progress = lambda _: None) -> Iterator[Numbered]:
    """The records of a file. Raises DamagedFile at damage, UsageError for an array that is too large, OSError."""
    parts = unpacked(path, progress)
    if ".json" in (path.suffix, Path(path.stem).suffix):
        content = bytearray()
        for part in parts:
            content += part
            if len(content) > LARGEST_ARRAY:
                raise UsageError(
                    message(
                        "{path} is larger than {mib} MiB; write it as JSON lines (.jsonl)",
                        path=path,
                        mib=LARGEST_ARRAY >> 20,
                    )
                )
        try:
            value = orjson.loads(bytes(content).removeprefix(b"\xef\xbb\xbf"))
        except ValueError:
            parts = iter([bytes(content)])  # possibly JSON lines
        else:
            for number, each in enumerate(value if isinstance(value, list) else [value], 1):
                yield number, each if isinstance(each, dict) else "it is no JSON object"
            return
    for number, line in enumerate(_lines(parts), 1):
        if line is None:
            yield number, f"it has more than {LONGEST_RECORD >> 20} MiB"
        elif line.strip():
            yield number, _parsed(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)


def unpacked(path: Path, progress: Progress = lambda _: None) -> Iterator[bytes]:
    """Read a file in parts, decompressed if it ends in .gz or .zst. Raises DamagedFile at damage, OSError."""
    unpack = {".gz": _gzip, ".zst": _zstd}.get(path.suffix)
    with path.open("rb") as file:

        def chunks(size: int) -> Iterator[bytes]:
            while chunk := file.read(size):
                progress(file.tell())
                yield chunk

        yield from unpack(chunks) if unpack is not None else chunks(_CHUNK)


def _gzip(chunks: Callable[[int], Iterator[bytes]]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    begun = False
    for chunk in chunks(_CHUNK):
        packed = chunk
        while packed:
            begun = True
            try:
                yield inflater.decompress(packed, _CHUNK)
            except zlib.error as error:
                raise DamagedFile(f"its gzip data is damaged ({error})") from error
            packed = inflater.unconsumed_tail
            if inflater.eof:
                packed, begun = inflater.unused_data.lstrip(b"\x00"), False
                inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    while tail := inflater.decompress(b"", _CHUNK):
        yield tail
    if begun:
        raise DamagedFile("it is cut short")


def _zstd(chunks: Callable[[int], Iterator[bytes]]) -> Iterator[bytes]:
    unpacker = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
    begun = False
    for chunk in chunks(_ZST_CHUNK):
        packed = chunk
        while packed:
            begun = True
            try:
                yield unpacker.decompress(packed)
            except (zstandard.ZstdError, MemoryError) as error:
                raise DamagedFile(f"its zstd data is damaged ({error})") from error
            packed = b""
            if unpacker.eof:
                packed, begun = unpacker.unused_data, False
                unpacker = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
    if begun:
        raise DamagedFile("it is cut short")


def _lines(parts: Iterator[bytes]) -> Iterator[bytes | None]:
    """The lines; None for a line longer than LONGEST_RECORD."""
    waiting: list[bytes] = []
    size, too_long = 0, False
    for part in parts:
        *whole, rest = part.split(b"\n")
        for piece in whole:
            yield None if too_long or size + len(piece) > LONGEST_RECORD else b"".join((*waiting, piece))
            waiting, size, too_long = [], 0, False
        if too_long:
            continue
        waiting.append(rest)
        size += len(rest)
        if size > LONGEST_RECORD:
            waiting, too_long = [], True
    if too_long or size:
        yield None if too_long else b"".join(waiting)


def _parsed(line: bytes) -> dict[str, Any] | str:
    try:
        value = orjson.loads(line)
    except ValueError:
        try:
            line.decode()
        except UnicodeDecodeError:
            return "it is no UTF-8"
        return "it is no JSON, or is cut short"
    return value if isinstance(value, dict) else "it is no JSON object"
