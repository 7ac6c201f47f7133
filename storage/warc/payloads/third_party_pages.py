"""Pages from the records of other programs: decoding of their bodies, and checks that they are complete.

warcio is used to parse headers only. Its own body decoding returns 40 % of a gzip body that was cut in half without an
error, decodes a bomb to its end, takes a torn chunk for a complete one, and does not support zstd.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from storage.content_encoding import MAX_LAYERS, decode
from storage.errors import BodyError, CutShort, TooLarge
from storage.records import Capture
from storage.warc.gzip_members import MAX_RECORD_BYTES
from storage.warc.reader import HOSTILE, capture_of, instant
from storage.warc.record_format import SITE

_ENCODINGS = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd"})
_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\n]*)?\r?\n")  # first line of a chunk (RFC 9112 §7.1)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[!?a-zA-Z]")
LARGE = f"it has more than {MAX_RECORD_BYTES >> 20} MiB"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A response that can't be parsed. capture: without its body; None if the headers can't be parsed either."""

    capture: Capture | None
    why: str


@dataclass(frozen=True, slots=True)
class WarcPage:
    """A response, or the page of a resource record. lacks: why it is incomplete, as text; None if it is complete.

    A complete page has its full length, and the digest that its record states.
    """

    capture: Capture
    lacks: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """A record's headers and content. problem: why the content is incomplete. large: because of its size only."""

    offset: int
    content: bytes
    problem: str | None = None
    large: bool = False


def responses(block: Block) -> Iterator[WarcPage | Unreadable | None]:
    """The page of a record; nothing if the record is of another type. None: a revisit, or not HTTP."""
    try:
        record = next(iter(ArchiveIterator(BytesIO(block.content))), None)
        if record is None or record.rec_type not in ("response", "revisit", "resource"):
            return
        if record.rec_type == "resource":
            capture = _resource(record)
        elif record.rec_type == "revisit" or record.http_headers is None:
            yield None
            return
        else:
            capture = capture_of(record, b"")
    except (*HOSTILE, ArchiveLoadFailed, EOFError):  # an invalid status, date or URI, or not HTTP
        yield Unreadable(None, "its head can't be read")
        return
    try:
        if block.large:
            raise TooLarge
        raw = record.raw_stream.read()
        body = _decoded(record.http_headers, raw) if record.http_headers is not None else raw
        truncated = record.rec_headers.get_header("WARC-Truncated")
        if truncated is not None:
            yield Unreadable(capture, f"its body was cut when it was fetched ({truncated[:40]})")
        elif len(raw) < _stated_length(capture):
            yield Unreadable(capture, "its body is shorter than its Content-Length")
        else:
            yield WarcPage(replace(capture, body=body), _lacks(record.rec_headers, block, raw, body))
    except TooLarge:
        yield Unreadable(capture, LARGE)
    except CutShort:
        yield Unreadable(capture, "its body is cut short")
    except BodyError as error:
        yield Unreadable(capture, str(error))


def _resource(record: Any) -> Capture:
    """The capture of a record that contains a page without HTTP headers. Raises one of HOSTILE."""
    fields = record.rec_headers
    fetched_at = instant(fields.get_header("WARC-Date"))
    if fetched_at is None:
        raise ValueError("no date")
    head = (("Content-Type", record.content_type or ""),)
    url = fields.get_header("WARC-Target-URI").strip("<>")
    return Capture(url, fields.get_header(SITE) or "", fetched_at, 200, head, b"")


def _stated_length(capture: Capture) -> int:
    """The stated Content-Length, the minimum length of the body in bytes; 0 if unknown."""
    stated = capture.header("Content-Length") or ""
    return int(stated) if stated.isascii() and stated.isdecimal() and len(stated) < 19 else 0


def _lacks(head: Any, block: Block, raw: bytes, body: bytes) -> str | None:
    """Why a record is incomplete, by its digests; None if it is complete."""
    stated = head.get_header("WARC-Payload-Digest")
    if stated is not None:
        # Programs differ in whether the payload's digest is of the raw or of the decoded body.
        return None if any(_is_digest(stated, each) for each in (raw, body)) else "its payload has another digest"
    whole = has_its_digest(block)
    return None if whole else "its record states no digest" if whole is None else "its record has another digest"


def _is_digest(stated: str, content: bytes) -> bool:
    name, _, value = stated.strip().partition(":")
    if name.lower() not in ("sha1", "sha256", "md5"):
        return False
    digest = hashlib.new(name.lower(), content, usedforsecurity=False).digest()
    return value.rstrip("=").lower() in (digest.hex(), base64.b32encode(digest).decode().rstrip("=").lower())


def _decoded(head: Any, body: bytes) -> bytes:
    """Decode chunks and Content-Encoding. Many programs store decoded bodies under unchanged headers."""
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
    """The content of a chunked body. Raises CutShort, or BodyError if the body is not chunked."""
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


def has_its_digest(block: Block) -> bool | None:
    """Whether the content matches the digest in its headers; None without a digest of a known algorithm."""
    head, _, content = block.content.partition(b"\r\n\r\n")
    stated = re.search(rb"^warc-block-digest:[ \t]*(sha1|sha256|md5):([^\s=]+)", head, re.IGNORECASE | re.MULTILINE)
    if stated is None or block.problem is not None:
        return None
    digest = hashlib.new(stated[1].decode().lower(), content, usedforsecurity=False).digest()
    return stated[2].lower() in (digest.hex().encode(), base64.b32encode(digest).rstrip(b"=").lower())
