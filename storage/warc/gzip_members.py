"""The gzip members of a WARC file, one a record, each read in bounded memory."""

import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# A crawl stores at most 16 MiB of a page (crawler/settings.py); a larger record is from another program.
MAX_RECORD_BYTES = 64 << 20
_CHUNK = 1 << 16  # bytes; the rest of a chunk is copied for each member in it


@dataclass(frozen=True, slots=True)
class Member:
    """One complete gzip member of a file. content: uncompressed; None if larger than MAX_RECORD_BYTES."""

    offset: int
    length: int
    content: bytes | None


def members(path: Path, start: int = 0) -> Iterator[Member]:
    """Read the members of a gzip file from an offset on, up to its end or the first torn or invalid member."""
    with path.open("rb") as file, suppress(zlib.error):
        file.seek(start)
        offset, rest = start, b""
        while rest := rest or file.read(_CHUNK):
            member, parts, size = zlib.decompressobj(zlib.MAX_WBITS | 16), [], 0
            while not member.eof and (rest := rest or file.read(_CHUNK)):
                part = member.decompress(rest, _CHUNK)
                rest = member.unconsumed_tail or member.unused_data
                size += len(part)
                if size <= MAX_RECORD_BYTES:
                    parts.append(part)
            if not member.eof:
                return
            end = file.tell() - len(rest)
            yield Member(offset, end - offset, b"".join(parts) if size <= MAX_RECORD_BYTES else None)
            offset = end


def complete_length(path: Path, start: int = 0) -> int:
    """The offset of the end of the last complete gzip member, less than the file's size if its end is torn.

    WARC readers accept a torn member as complete, so this checks gzip trailers. start: offset of a member.
    """
    end = start
    for member in members(path, start):
        end = member.offset + member.length
    return end
