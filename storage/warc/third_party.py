"""Reader of WARC files of any program: compressed in any way, damaged in places, with bodies as servers sent them.

warcio parses the heads only. Its own body decoding returns 40 % of a gzip body that was cut in half and says nothing,
decodes a bomb to its end, takes a torn chunk for a complete one, and knows no zstd.
"""

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from storage.content_encoding import MAX_LAYERS, decode
from storage.errors import BodyError, CutShort, TooLarge
from storage.records import Capture
from storage.warc.gzip_members import MAX_RECORD_BYTES, Member
from storage.warc.reader import HOSTILE, capture_of
from storage.warc.torn_files import Gap, scan

_LINE = 1 << 16  # of a line in a record's head
_HEAD = 1 << 20
_CHUNK = 1 << 16
_PIECE = 1 << 12  # decompressed at once: zlib discards the output of the call that meets damage
_ENCODINGS = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd"})
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\n]*)?\r?\n")  # first line of a chunk (RFC 9112 §7.1)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[!?a-zA-Z]")
_LARGE = f"it has more than {MAX_RECORD_BYTES >> 20} MiB"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A response that can't be read. capture: without its body; None: the head can't be read either."""

    capture: Capture | None
    why: str


@dataclass(frozen=True, slots=True)
class Damage:
    """A lost part of the file. what: a description with its position."""

    what: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A record's head and content. problem: why the content is incomplete. large: only because of its size."""

    offset: int
    content: bytes
    problem: str | None = None
    large: bool = False


def third_party_records(path: Path) -> Iterator[Capture | Unreadable | Damage | None]:
    """Every response of a WARC file: uncompressed, or compressed by record or as one stream.

    Bodies are content-decoded. site: "" where the record does not state it. None: a revisit, or a response of another
    protocol than HTTP. Behind damage it goes on with the next record that can be located. Where gzip's checksum does
    not cover a record, its WARC-Block-Digest is compared; a record from a damaged gzip member must have one.
    """
    for stretch in _stretches(path):
        if stretch.gap is not None:
            yield Damage(str(stretch.gap))
        for block in _blocks(stretch.stream):
            intact = stretch.checked or _has_its_digest(block)
            if stretch.gap is not None and (block.problem is not None or not intact):
                continue
            if block.problem is not None and not block.large:
                yield Damage(f"{block.problem} at byte {block.offset:,}{stretch.unpacked}")
            elif intact is False:
                yield Damage(f"a record without the bytes of its digest at byte {block.offset:,}{stretch.unpacked}")
            else:
                yield from _responses(block)


def holds_records(path: Path) -> bool:
    """Whether the file holds at least one WARC record."""
    return any(block.content for stretch in _stretches(path) for block in _blocks(stretch.stream))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a file, decompressed. checked: by gzip's checksum. gap: the damaged part that it was read from."""

    stream: IO[bytes]
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
            yield _Stretch(_unpacked(path, each), gap=each)
        else:
            stream = _unpacked(path, each) if each.content is None else BytesIO(each.content)
            yield _Stretch(stream, checked=True, unpacked=f" of what is packed at byte {each.offset:,}")


class _Reader(RawIOBase):
    """A file object over the parts of an iterator."""

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


def _blocks(stream: IO[bytes]) -> Iterator[_Block]:
    """The records of a stream. Other bytes give one block without content, up to the next record."""
    at, lost = 0, False
    while line := stream.readline(_LINE):
        begin, at = at, at + len(line)
        if not line.startswith(b"WARC/"):
            if line.strip() and not lost:
                lost = True
                yield _Block(begin, b"", "what is no WARC record")
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
            yield _Block(begin, b"", "a record that does not say how long it is")
            continue
        length = int(stated[1])
        content = stream.read(min(length, MAX_RECORD_BYTES + 1))
        got = len(content)
        while got < length and (skipped := stream.read(min(length - got, _CHUNK))):
            got += len(skipped)
        at += got
        problem = "a record that is cut short" if got < length else _LARGE if length > MAX_RECORD_BYTES else None
        yield _Block(begin, bytes(head) + content, problem, large=got == length and problem is not None)


def _has_its_digest(block: _Block) -> bool | None:
    """Whether the content matches the digest in its head; None: there is none of a known algorithm."""
    head, _, content = block.content.partition(b"\r\n\r\n")
    stated = re.search(rb"^warc-block-digest:[ \t]*(sha1|sha256|md5):([^\s=]+)", head, re.IGNORECASE | re.MULTILINE)
    if stated is None or block.problem is not None:
        return None
    digest = hashlib.new(stated[1].decode().lower(), content, usedforsecurity=False).digest()
    return stated[2].lower() in (digest.hex().encode(), base64.b32encode(digest).rstrip(b"=").lower())


def _responses(block: _Block) -> Iterator[Capture | Unreadable | None]:
    try:
        record = next(iter(ArchiveIterator(BytesIO(block.content))), None)
        if record is None or record.rec_type not in ("response", "revisit"):
            return
        if record.rec_type == "revisit" or record.http_headers is None:
            yield None
            return
        capture = capture_of(record, b"")
    except (*HOSTILE, ArchiveLoadFailed, EOFError):  # an invalid status, date or URI, or not HTTP
        yield Unreadable(None, "its head can't be read")
        return
    try:
        if block.large:
            raise TooLarge
        yield replace(capture, body=_decoded(record.http_headers, record.raw_stream.read()))
    except TooLarge:
        yield Unreadable(capture, _LARGE)
    except CutShort:
        yield Unreadable(capture, "its body is cut short")
    except BodyError as error:
        yield Unreadable(capture, str(error))


def _decoded(head: Any, body: bytes) -> bytes:
    """A body without chunks and Content-Encoding. Many programs decode bodies and keep the headers unchanged."""
    if (head.get_header("Transfer-Encoding") or "").strip().lower() == "chunked" and _SIZE.match(body):
        body = _dechunked(body)
    named = ",".join(value for name, value in head.headers if name.lower() == "content-encoding")
    layers = [each for each in (part.strip().lower() for part in named.split(",")) if each in _ENCODINGS]
    if len(layers) > MAX_LAYERS:
        raise BodyError(f"its body has {len(layers)} encodings")
    for encoding in reversed(layers):
        try:
            body = decode(body, encoding, MAX_RECORD_BYTES)
        except TooLarge:
            raise
        except BodyError:
            if not _MARKUP.match(body):
                raise
    return body


def _dechunked(body: bytes) -> bytes:
    """The content of a chunked body. Raises CutShort, or BodyError for anything but chunks."""
    parts: list[bytes] = []
    at = 0
    while line := _SIZE.match(body, at):
        size = int(line[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[line.end() : line.end() + size])
        at = line.end() + size
        if at > len(body):
            break
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    if at >= len(body):
        raise CutShort
    raise BodyError("its body is no row of chunks")
