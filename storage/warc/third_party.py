"""Reader of WARC files from any program: with any compression, damaged parts, and encoded bodies."""

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import IO, Any

from storage.warc.gzip_members import MAX_RECORD_BYTES, Member
from storage.warc.payloads.third_party_pages import LARGE, Block, Unreadable, WarcPage, has_its_digest, responses
from storage.warc.torn_files import Gap, scan

_LINE = 1 << 16  # bytes of a line in a record's header
_HEAD = 1 << 20
_CHUNK = 1 << 16
_PIECE = 1 << 12  # bytes decompressed at once: zlib discards the output of a call that meets damage
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_OF_PAGE = re.compile(rb"^warc-type:[ \t]*(?:response|resource|revisit)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_TARGET = re.compile(rb"^warc-target-uri:[ \t]*<?([^\s>]+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Damage:
    """A lost part of the file. what: a description with its position."""

    what: str


@dataclass(frozen=True, slots=True)
class Unwanted:
    """A record that the caller's `leave_out` excluded, with its reason."""

    why: str


LeaveOut = Callable[[str], str | None]


def third_party_records(
    path: Path, leave_out: LeaveOut = lambda _: None, on_progress: Callable[[int], None] = lambda _: None
) -> Iterator[WarcPage | Unreadable | Damage | Unwanted | None]:
    """Read all responses and resources of a WARC file: uncompressed, or compressed by record or as one stream.

    Bodies are content-decoded. site: "" if the record does not state it. None: a revisit, or a response of a protocol
    other than HTTP. leave_out: called with a record's URL before it is parsed; returns why to leave it out, or None.
    After damage, reading continues with the next record that can be located. If gzip's checksum does not cover a
    record, its WARC-Block-Digest is checked; a record from a damaged gzip member must have one. on_progress: called
    with bytes of the file.
    """
    for stretch in _stretches(path):
        if stretch.gap is not None:
            yield Damage(str(stretch.gap))
        for block in _blocks(stretch.stream):
            on_progress(stretch.begin + (0 if stretch.unpacked else block.offset))
            if block.problem is None and (why := _unwanted(block, leave_out)) is not None:
                yield Unwanted(why)
                continue
            intact = stretch.checked or has_its_digest(block)
            if stretch.gap is not None and (block.problem is not None or not intact):
                continue
            if block.problem is not None and not block.large:
                yield Damage(f"{block.problem} at byte {block.offset:,}{stretch.unpacked}")
            elif intact is False:
                yield Damage(f"a record without the bytes of its digest at byte {block.offset:,}{stretch.unpacked}")
            else:
                yield from responses(block)


def _unwanted(block: Block, leave_out: LeaveOut) -> str | None:
    """The reason to leave out the record of a page; None to keep it, and for records of other types."""
    end = block.content.find(b"\r\n\r\n")
    if _OF_PAGE.search(block.content, 0, end) is None:
        return None
    target = _TARGET.search(block.content, 0, end)
    return leave_out(target[1].decode("utf-8", "replace")) if target is not None else None


def holds_records(path: Path) -> bool:
    """Whether the file holds at least one WARC record."""
    return any(block.content for stretch in _stretches(path) for block in _blocks(stretch.stream))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A decompressed part of a file. begin: offset in the file. checked: whether gzip's checksum covers it.

    gap: the damaged part from which it was read.
    """

    stream: IO[bytes]
    begin: int = 0
    checked: bool = False
    gap: Gap | None = None
    unpacked: str = ""


def _stretches(path: Path) -> Iterator[_Stretch]:
    with path.open("rb") as file:
        head = file.read(5)
        file.seek(0)
        if head == b"WARC/" or (head[:2] != b"\x1f\x8b" and path.suffix != ".gz"):
            yield _Stretch(file)
            return
    for each in scan(path):
        if isinstance(each, Gap):
            yield _Stretch(_unpacked(path, each), each.offset, gap=each)
        else:
            stream = _unpacked(path, each) if each.content is None else BytesIO(each.content)
            yield _Stretch(stream, each.offset, checked=True, unpacked=f" of what is packed at byte {each.offset:,}")


class _Reader(RawIOBase):
    """A file object that reads from an iterator of byte strings."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._rest = self._rest or next(self._parts, b"")
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _unpacked(path: Path, where: Member | Gap) -> IO[bytes]:
    return BufferedReader(_Reader(_inflated(path, where.offset, where.length)))


def _inflated(path: Path, offset: int, left: int) -> Iterator[bytes]:
    """The content of a gzip member, up to its end or the first damage."""
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    with path.open("rb") as file, suppress(zlib.error):
        file.seek(offset)
        while not inflater.eof:
            packed = inflater.unconsumed_tail
            if not packed:
                packed = file.read(min(_CHUNK, left))
                left -= len(packed)
            if not packed:
                return
            if part := inflater.decompress(packed, _PIECE):
                yield part


def _blocks(stream: IO[bytes]) -> Iterator[Block]:
    """The records of a stream. Other bytes up to the next record become one block without content."""
    at, lost = 0, False
    while line := stream.readline(_LINE):
        begin, at = at, at + len(line)
        if not line.startswith(b"WARC/"):
            if line.strip() and not lost:
                lost = True
                yield Block(begin, b"", "what is no WARC record")
            continue
        head = bytearray(line)
        while len(head) < _HEAD and (line := stream.readline(_LINE)):
            head += line
            if not line.strip():
                break
        at += len(head) - (at - begin)
        stated = _LENGTH.search(head)
        lost = stated is None
        if stated is None:
            yield Block(begin, b"", "a record that does not say how long it is")
            continue
        length = int(stated[1])
        content = stream.read(min(length, MAX_RECORD_BYTES + 1))
        got = len(content)
        while got < length and (skipped := stream.read(min(length - got, _CHUNK))):
            got += len(skipped)
        at += got
        problem = "a record that is cut short" if got < length else LARGE if length > MAX_RECORD_BYTES else None
        yield Block(begin, bytes(head) + content, problem, large=got == length and problem is not None)
