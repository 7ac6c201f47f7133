"""Captures as WARC records: one file a run, one gzip member a record, on the disk before all else.

WARC 1.1 (ISO 28500:2017), https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

import base64
import hashlib
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.errors import ArchiveError
from storage.records import Capture, Position
from storage.text import storable

FOLDER = "warc"
MAX_FILE_BYTES = 1 << 30  # what the WARC guidelines advise
# Our own record fields (§5: "extension fields"): what a capture holds and no standard field says.
_SITE = "Warraq-Site"
_REQUESTED = "Warraq-Requested-URI"
# The body is kept decoded, so these would describe other bytes than those that follow.
_RENAMED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_ORIGINAL = "X-Archive-Orig-"
_NOT_IN_NAMES = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")
_NOT_IN_VALUES = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+")


class _HttpHead(StatusAndHeaders):  # type: ignore[misc]
    """A response head in UTF-8; warcio's own rewrites a value that is not ASCII."""

    def to_ascii_bytes(self, header_filter: Any = None) -> bytes:
        head: bytes = self.to_bytes(header_filter)
        return head


class WarcWriter:
    """Appends captures to the file of one run, for one thread.

    It never reopens a file: what is written after the torn end that a kill leaves would be lost to readers.
    """

    def __init__(self, folder: Path, site: str, run_id: int, started_at: datetime) -> None:
        """folder: the archive's. Raises ArchiveError when the file can't be made."""
        if not re.fullmatch(r"[a-z0-9][a-z0-9_]{0,63}", site):
            raise ValueError(f"site name {site!r} can't be part of a file name")
        self._folder = folder
        self._stem = f"{site}-{started_at.astimezone(UTC):%Y%m%d%H%M%S}-{run_id}"
        self._site = site
        self._part = 0
        self._file: IO[bytes] | None = None
        self._name = ""
        self._size = 0

    def append(self, capture: Capture) -> Position:
        """Write a capture and wait until the disk has it. Raises ArchiveError; the file is then as before."""
        try:
            if self._file is None or self._size >= MAX_FILE_BYTES:
                self._next_file()
            digest = payload_digest(capture.body)
            offset, length = self._write(_member(capture, digest))
        except OSError as error:
            path = self._folder / FOLDER / self._stem
            raise ArchiveError(f"can't write {path}.warc.gz: {error.strerror or error}") from error
        return Position(f"{FOLDER}/{self._name}", offset, length, digest)

    def close(self) -> None:
        """Close the file; a later append opens another."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _next_file(self) -> None:
        self.close()
        (self._folder / FOLDER).mkdir(exist_ok=True)
        while True:
            self._part += 1
            self._name = self._stem + (f"-{self._part}" if self._part > 1 else "") + ".warc.gz"
            # Another run's file is never touched, even one that bears the same number.
            with suppress(FileExistsError):
                self._file = (self._folder / FOLDER / self._name).open("xb", buffering=0)
                break
        self._size = 0
        try:
            self._write(_warcinfo(self._name, self._site))
            _sync_folder(self._folder / FOLDER)
        except OSError:
            self.close()
            (self._folder / FOLDER / self._name).unlink(missing_ok=True)
            raise

    def _write(self, member: bytes) -> tuple[int, int]:
        """Offset and length. A member that was written in part is cut off again."""
        if self._file is None:
            raise OSError("the file is closed")
        try:
            left = memoryview(member)
            while left:
                left = left[self._file.write(left) :]
            os.fsync(self._file.fileno())
        except OSError:
            self._file.truncate(self._size)
            self._file.seek(self._size)
            raise
        offset, self._size = self._size, self._size + len(member)
        return offset, len(member)


def read_capture(folder: Path, position: Position) -> Capture:
    """The capture at a position, as it was appended. folder: the archive's.

    Raises ArchiveError when the file is missing, or does not hold there what the position's digest says.
    """
    path = (folder / position.file).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ArchiveError(f"{position.file!r} lies outside the archive at {folder}")
    try:
        with path.open("rb") as file:
            file.seek(position.offset)
            capture = next(_captures(BytesIO(file.read(position.length))), None)
    except OSError as error:
        raise ArchiveError(f"can't read {path}: {error.strerror}. Restore it from a copy") from error
    if capture is None or payload_digest(capture.body) != position.digest:
        raise ArchiveError(f"{path} is damaged at byte {position.offset}: see `warraq verify`")
    return capture


def read_captures(path: Path) -> Iterator[Capture]:
    """Every response of a WARC file, of any program, in order; a torn or damaged end ends it.

    Bodies are content-decoded. site: "" where the record does not say it.
    """
    with path.open("rb") as file:
        yield from _captures(file)


def whole_length(path: Path) -> int:
    """Bytes up to the end of the last whole gzip member: fewer than the file has when its end is torn.

    WARC readers take a torn member for a whole one, so the gzip trailers decide.
    """
    whole = 0
    with path.open("rb") as file, suppress(zlib.error):
        rest = b""
        while rest := rest or file.read(1 << 20):
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            while not member.eof and (rest := rest or file.read(1 << 20)):
                member.decompress(rest, 1 << 20)
                rest = member.unconsumed_tail or member.unused_data
            if member.eof:
                whole = file.tell() - len(rest)
    return whole


def payload_digest(body: bytes) -> str:
    """As WARC-Payload-Digest has it: "sha1:" and base32."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode("ascii")


def _member(capture: Capture, digest: str) -> bytes:
    fields = {
        "WARC-Date": _warc_date(capture.fetched_at),
        "WARC-Payload-Digest": digest,
        _SITE: _value(capture.site),
    }
    if capture.requested_url is not None:
        fields[_REQUESTED] = _uri(capture.requested_url)
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    record = writer.create_warc_record(
        _uri(capture.url),
        "response",
        payload=BytesIO(capture.body),
        length=len(capture.body),
        warc_headers_dict=fields,
        http_headers=_http_head(capture),
    )
    writer.write_record(record)
    return out.getvalue()


def _warcinfo(name: str, site: str) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    about = {"software": "Warraq", "format": "WARC file version 1.1", "isPartOf": site}
    writer.write_record(writer.create_warcinfo_record(name, about))
    return out.getvalue()


def _http_head(capture: Capture) -> _HttpHead:
    headers = []
    for name, value in capture.headers:
        plain = _NOT_IN_NAMES.sub("", name)
        if plain.lower() in _RENAMED:
            plain = _ORIGINAL + plain
        if plain:
            headers.append((plain, _value(value)))
    headers.append(("Content-Length", str(len(capture.body))))
    try:
        phrase = " " + HTTPStatus(capture.status).phrase
    except ValueError:
        phrase = ""
    return _HttpHead(f"{capture.status}{phrase}", headers, protocol="HTTP/1.1")


def _value(text: str) -> str:
    """On one line: a server that sends CR LF inside a value must not add a header, or a record."""
    return _NOT_IN_VALUES.sub(" ", storable(text)).strip()


def _uri(url: str) -> str:
    """RFC 3986 characters alone, those of a URL that was clean already unchanged."""
    return quote(storable(url), safe="/:?#[]@!$&'()*+,;=~%")


def _captures(stream: IO[bytes]) -> Iterator[Capture]:
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response" and record.http_headers is not None:
                yield _capture(record)
    except (ArchiveLoadFailed, EOFError, ValueError):
        return


def _capture(record: Any) -> Capture:
    fields = record.rec_headers
    site = fields.get_header(_SITE)
    headers = record.http_headers.headers
    if site is not None:
        headers = [
            (
                name.removeprefix(_ORIGINAL) if name.removeprefix(_ORIGINAL).lower() in _RENAMED else name,
                value,
            )
            for name, value in headers
            if name != "Content-Length"
        ]
    return Capture(
        url=fields.get_header("WARC-Target-URI"),
        site=site or "",
        fetched_at=datetime.fromisoformat(fields.get_header("WARC-Date")).astimezone(UTC),
        status=int(record.http_headers.get_statuscode()),
        headers=tuple((name, value) for name, value in headers),
        body=record.content_stream().read(),
        requested_url=fields.get_header(_REQUESTED),
    )


def _warc_date(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
