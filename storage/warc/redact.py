"""Redaction of WARC records: each is replaced by a blank record.

The blank record's gzip member has exactly the same length, so that no other record moves and no row of another capture
changes. A kill at any moment leaves either the old file or the new one.
"""

import errno
import os
import re
import struct
import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import IO

from storage.errors import ArchiveError
from storage.files import replacement, scratch_file
from storage.messages import message
from storage.warc.gzip_members import Member, members
from storage.warc.reader import damaged
from storage.warc.store.stored_file import StoredFile

# An extension type (WARC 1.1 §5.5). Readers skip records of unknown types.
TYPE = "warraq-removed"
_FOLLOWING = re.compile(rb"^WARC-Type:\s*(?:request|metadata)\s*$", re.IGNORECASE | re.MULTILINE)
_BLANK = re.compile(rf"^WARC-Type:\s*{TYPE}\s*$".encode(), re.IGNORECASE | re.MULTILINE)
_STORED = 65_535  # maximum bytes of one stored block (RFC 1951 §3.2.4)
_HEADER, _TRAILER, _EXTRA = 10, 8, 6  # bytes of a gzip member, and of its extra field without data (RFC 1952 §2.3)
# Called with the file, and with offset and length of each record that is about to be replaced.
Before = Callable[[Path, Sequence[tuple[int, int]]], None]
_ROOMY = 4096  # bytes, more than a blank record needs
_SLACK = 8  # bytes; the number of digits in Content-Length is not known before its value


@dataclass(frozen=True, slots=True)
class Redaction:
    """length: bytes that were redacted. refused: reasons for records left unchanged, by offset."""

    length: int
    refused: dict[int, ArchiveError]


def redact(path: Path, lengths: Mapping[int, int], *, now: datetime, before: Before | None = None) -> Redaction:
    """Redact the records at these offsets, with the request and metadata records behind each. lengths: by offset.

    The file is replaced in one atomic step. Records that were redacted earlier are unchanged. A damaged record is
    redacted by its length, if another record begins behind it or the file ends there. before: called before the bytes
    are erased. Raises ArchiveError when the disk refuses.
    """
    blanks: dict[int, int] = {}  # offset to length
    refused: dict[int, ArchiveError] = {}
    try:
        for offset, length in sorted(lengths.items()):
            try:
                of_record = {each.offset: each.length for each in _exchange(path, offset, length)}
                for size in of_record.values():
                    blank(min(size, _ROOMY), now=now)  # whether it fits
            except (ArchiveError, ValueError):
                refused[offset] = damaged(path, offset)
            else:
                blanks |= of_record
        if blanks:
            if before is not None:
                before(path, sorted(blanks.items()))
            _rewrite(path, blanks, now=now)
    except OSError as error:
        raise ArchiveError(
            message("can't erase in {path}: {why}; the same command goes on from here", path=path, why=error.strerror)
        ) from error
    return Redaction(sum(blanks.values()), refused)


def blank(length: int, *, now: datetime) -> bytes:
    """A gzip member of exactly this length with a blank WARC record. Raises ValueError if the length is too small."""
    fields = f"WARC/1.1\r\nWARC-Type: {TYPE}\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\n"
    fields += f"WARC-Date: {now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\r\nContent-Length: "
    room = length - _HEADER - _TRAILER - _EXTRA - _SLACK - len(_packed(f"{fields}0\r\n\r\n"))
    content = max(0, room - 5 * -(-room // _STORED) - 4)
    head = f"{fields}{content}\r\n\r\n"
    body = b" " * content + b"\r\n\r\n"
    packed = _packed(head) + _stored(body)
    extra = length - _HEADER - _TRAILER - _EXTRA - len(packed)
    if extra < 0:
        raise ValueError(f"no record fits into {length} bytes")
    # FLG 4: an extra field. It fills the few bytes that stored blocks can't fill.
    opening = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff" + struct.pack("<H2sH", extra + 4, b"Wq", extra) + b"\0" * extra
    plain = head.encode() + body
    return opening + packed + struct.pack("<II", zlib.crc32(plain), len(plain) & 0xFFFFFFFF)


def _packed(text: str) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(text.encode()) + packer.flush(zlib.Z_FULL_FLUSH)


def _stored(content: bytes) -> bytes:
    parts = []
    for start in range(0, len(content), _STORED):
        part = content[start : start + _STORED]
        final = start + _STORED >= len(content)
        parts.append(struct.pack("<BHH", final, len(part), len(part) ^ 0xFFFF) + part)
    return b"".join(parts)


def _exchange(path: Path, offset: int, length: int) -> Iterator[Member]:
    """The members to replace: the record at an offset and its request and metadata; none if it is blank already."""
    following = members(path, offset)
    first = next(following, None)
    if first is None:
        size = path.stat().st_size
        if offset >= size:  # the file ends before the offset
            return
        first = Member(offset, min(length, size - offset), None)
        following = members(path, offset + first.length)
        second = next(following, None)
        if second is None and offset + first.length < size:
            raise damaged(path, offset)
        if second is not None:
            following = chain((second,), following)
    if _BLANK.search(_head(first)):
        return
    yield first
    for member in following:
        if not _FOLLOWING.search(_head(member)):
            return
        yield member


def _head(member: Member) -> bytes:
    return (member.content or b"").partition(b"\r\n\r\n")[0]


def _rewrite(path: Path, blanks: Mapping[int, int], *, now: datetime) -> None:
    """Rewrite the file. blanks: number of bytes to replace, by offset. One blank record is in memory at a time."""
    if isinstance(path, StoredFile):
        with scratch_file(Path(str(path))) as (target, part):
            _fill(target, path, blanks, now=now)
            target.flush()
            path.replace_by(part)
        return
    with replacement(path) as target:
        os.fchmod(target.fileno(), path.stat().st_mode & 0o7777)
        _fill(target, path, blanks, now=now)


def _fill(target: IO[bytes], path: Path, blanks: Mapping[int, int], *, now: datetime) -> None:
    with path.open("rb") as source:
        for offset, length in sorted(blanks.items()):
            _copy(source, target, offset - source.tell())
            target.write(blank(length, now=now))
            source.seek(length, os.SEEK_CUR)
        _copy(source, target, path.stat().st_size - source.tell())


def _copy(source: IO[bytes], target: IO[bytes], size: int) -> None:
    while size > 0:
        chunk = source.read(min(size, 1 << 20))
        if not chunk:
            raise OSError(errno.EIO, "the file is shorter than it was")
        size -= target.write(chunk)
