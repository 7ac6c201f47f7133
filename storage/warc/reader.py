"""WARC files read back: member by member, each in bounded memory, whatever wrote or tore them.

A torn or damaged member ends a file for every reader: what follows it can't be found.
"""

import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from storage.errors import ArchiveError
from storage.records import Capture, Found, Kind, Origin, Position
from storage.warc.record_format import (
    HOLDER_FILE,
    HOLDER_OFFSET,
    NOT_MODIFIED,
    ORIGINAL,
    RENAMED,
    REQUESTED,
    SITE,
    payload_digest,
)

# What a crawl takes is at most 16 MiB (crawler/settings.py); a larger record is another program's.
MAX_RECORD_BYTES = 64 << 20
# What a hostile or broken record raises: a status, date, offset or URI that is none.
HOSTILE = (ValueError, TypeError, AttributeError, OverflowError)
_CHUNK = 1 << 16  # what is left of one is copied for each member in it


@dataclass(frozen=True, slots=True)
class Member:
    """One whole gzip member of a file. content: what it holds; None: more than MAX_RECORD_BYTES."""

    offset: int
    length: int
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Reference:
    """What a revisit refers to. url, fetched_at, file, offset: of the holder, as far as the record says.

    unchanged: the server said so (304); else the payload was the same.
    """

    url: str | None
    fetched_at: datetime | None
    file: str | None
    offset: int | None
    unchanged: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A response or revisit of a WARC file. capture: of a revisit, without a body.

    origin: None where no metadata record follows. reference: None for a response. whole: the bytes have the
    digests that the record states.
    """

    capture: Capture
    position: Position
    origin: Origin | None = None
    reference: Reference | None = None
    whole: bool = True


def members(path: Path, start: int = 0) -> Iterator[Member]:
    """The members of a gzip file from an offset on, up to its end or the first that is torn or no gzip."""
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


def whole_length(path: Path, start: int = 0) -> int:
    """Bytes up to the end of the last whole gzip member: fewer than the file has when its end is torn.

    WARC readers take a torn member for a whole one, so the gzip trailers decide. start: where a member begins.
    """
    whole = start
    for member in members(path, start):
        whole = member.offset + member.length
    return whole


def records(path: Path, name: str, start: int = 0) -> Iterator[Record]:
    """The responses and revisits of one of our files, in order. name: the file as positions have it.

    A record that can't be parsed is left out; so is one that is larger than MAX_RECORD_BYTES.
    """
    return records_of(members(path, start), name)


def records_of(found: Iterable[Member], name: str) -> Iterator[Record]:
    """The same of members. One is given when its following records, which tell its origin, were seen."""
    last: Record | None = None
    for member in found:
        parsed = _parsed(member.content or b"")
        if parsed is None:
            continue
        record, content, whole = parsed
        if record.rec_type in ("response", "revisit") and record.http_headers is not None:
            if last is not None:
                yield last
            last = _record(record, content, Position(name, member.offset, member.length, ""), whole)
        elif record.rec_type == "metadata" and last is not None:
            last = replace(last, origin=_origin(content), whole=last.whole and whole)
    if last is not None:
        yield last


def about(path: Path) -> dict[str, str]:
    """The fields of the warcinfo that a file begins with, and its WARC-Date as "date"; {}: it has none."""
    for member in members(path):
        found = _parsed(member.content or b"")
        if found is None or found[0].rec_type != "warcinfo":
            break
        return {**_fields(found[1]), "date": found[0].rec_headers.get_header("WARC-Date") or ""}
    return {}


def record_at(folder: Path, position: Position) -> Record:
    """The record at a position; its digests are not compared. Raises ArchiveError. folder: the archive's."""
    path = inside(folder, position.file)
    try:
        with path.open("rb") as file:
            file.seek(position.offset)
            content = file.read(position.length)
    except OSError as error:
        raise ArchiveError(f"can't read {path}: {error.strerror}. Restore it from a copy") from error
    with suppress(zlib.error):
        plain = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, MAX_RECORD_BYTES)
        found = _parsed(plain, check_digests=False)
        if found is not None and found[0].rec_type in ("response", "revisit") and found[0].http_headers is not None:
            record = _record(*found[:2], position, found[2])
            if record is not None:
                return record
    raise damaged(path, position.offset)


@lru_cache(maxsize=256)  # it asks the disk about every folder on the way, and a reading has thousands of one file
def inside(folder: Path, file: str) -> Path:
    """The path of a WARC file of the archive. Raises ArchiveError for one that lies elsewhere.

    The folder of the WARC files may itself be a link, to a larger disk.
    """
    path = (folder / file).resolve()
    if not path.is_relative_to((folder / "warc").resolve()):
        raise ArchiveError(f"{file!r} lies outside the archive at {folder}")
    return path


def damaged(path: Path, offset: int) -> ArchiveError:
    """What to raise for a record that is not what its row says."""
    return ArchiveError(f"{path} is damaged at byte {offset}: see `warraq verify`")


def _parsed(content: bytes, *, check_digests: bool = True) -> tuple[Any, bytes, bool] | None:
    """(record, its content, whether its digests hold as far as they were checked); None: it is no WARC record."""
    try:
        for record in ArchiveIterator(BytesIO(content), check_digests=check_digests):
            body = record.content_stream().read()
            checker = record.digest_checker
            return record, body, checker is None or checker.passed is not False
    except (ArchiveLoadFailed, EOFError, ValueError, zlib.error):
        pass
    return None


def _record(record: Any, content: bytes, position: Position, whole: bool) -> Record | None:
    fields = record.rec_headers
    try:
        capture = capture_of(record, content)
        reference = _reference(fields) if record.rec_type == "revisit" else None
    except HOSTILE:
        return None
    digest = payload_digest(content)
    if reference is not None:
        digest = fields.get_header("WARC-Payload-Digest") or digest
    position = replace(position, digest=digest)
    return Record(capture, position, reference=reference, whole=whole)


def capture_of(record: Any, body: bytes) -> Capture:
    """What warcio's record of a response or revisit says of a capture. Raises one of HOSTILE."""
    fields = record.rec_headers
    site = fields.get_header(SITE)
    headers = record.http_headers.headers
    if site is not None:
        headers = [
            (name.removeprefix(ORIGINAL) if name.removeprefix(ORIGINAL).lower() in RENAMED else name, value)
            for name, value in headers
            if name != "Content-Length"
        ]
    return Capture(
        url=fields.get_header("WARC-Target-URI").strip("<>"),
        site=site or "",
        fetched_at=_instant(fields.get_header("WARC-Date")),
        status=int(record.http_headers.get_statuscode()),
        headers=tuple((name, value) for name, value in headers),
        body=body,
        requested_url=fields.get_header(REQUESTED),
    )


def _reference(fields: Any) -> Reference:
    date, offset = fields.get_header("WARC-Refers-To-Date"), fields.get_header(HOLDER_OFFSET)
    return Reference(
        url=fields.get_header("WARC-Refers-To-Target-URI"),
        fetched_at=_instant(date) if date else None,
        file=fields.get_header(HOLDER_FILE),
        offset=int(offset) if offset else None,
        unchanged=fields.get_header("WARC-Profile") == NOT_MODIFIED,
    )


def instant(text: str | None) -> datetime | None:
    """A WARC-Date, aware UTC; None when it is absent, none, or not of the web's time."""
    try:
        value = datetime.fromisoformat(text or "")
        value = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return value if 1990 <= value.year <= 9000 else None


def _instant(text: str | None) -> datetime:
    value = instant(text)
    if value is None:
        raise ValueError(f"{text!r} is no date of a capture")
    return value


def _origin(content: bytes) -> Origin | None:
    kinds: tuple[Kind, ...] = get_args(Kind)
    fields = _fields(content)
    kind = next((each for each in kinds if each == fields.get("kind")), None)
    if kind is None:
        return None
    found = []
    for line in content.decode("utf-8", "replace").split("\r\n"):
        if line.startswith("outlink: "):
            url, _, named = line.removeprefix("outlink: ").rpartition(" ")
            found += [Found(url, each) for each in kinds if each == named]
    return Origin(kind, fields.get("via"), tuple(found))


def _fields(content: bytes) -> dict[str, str]:
    """application/warc-fields: the last value of each name."""
    lines = (line.partition(":") for line in content.decode("utf-8", "replace").split("\r\n"))
    return {name.strip().lower(): value.strip() for name, _, value in lines if value.strip()}
