"""Reader of WARC files: one gzip member at a time, each in bounded memory.

Reading ends at the first torn or damaged member. `torn_files.scan` goes on behind it.
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

# A crawl keeps at most 16 MiB of a page (crawler/settings.py); a larger record is another program's.
MAX_RECORD_BYTES = 64 << 20
# Raised by a hostile or broken record: an invalid status, date, offset or URI.
HOSTILE = (ValueError, TypeError, AttributeError, OverflowError)
_CHUNK = 1 << 16  # the rest of a chunk is copied for each member in it


@dataclass(frozen=True, slots=True)
class Member:
    """One complete gzip member of a file. content: uncompressed; None: larger than MAX_RECORD_BYTES."""

    offset: int
    length: int
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Reference:
    """The target of a revisit. url, fetched_at, file, offset: of the capture with the payload, as far as stated.

    unchanged: the server answered 304; otherwise the payload was identical.
    """

    url: str | None
    fetched_at: datetime | None
    file: str | None
    offset: int | None
    unchanged: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A response or revisit of a WARC file. capture: without a body for a revisit.

    origin: None where no metadata record follows. reference: None for a response. intact: the bytes match the
    digests that the record states.
    """

    capture: Capture
    position: Position
    origin: Origin | None = None
    reference: Reference | None = None
    intact: bool = True


def members(path: Path, start: int = 0) -> Iterator[Member]:
    """The members of a gzip file from an offset on, up to its end or the first one that is torn or not gzip."""
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
    """Offset of the end of the last complete gzip member: less than the file's size when its end is torn.

    WARC readers take a torn member for a complete one, so the gzip trailers decide. start: offset of a member.
    """
    end = start
    for member in members(path, start):
        end = member.offset + member.length
    return end


def records(path: Path, name: str, start: int = 0) -> Iterator[Record]:
    """The responses and revisits of one of our files, in order. name: the file's name in positions.

    Records that can't be parsed, or are larger than MAX_RECORD_BYTES, are left out.
    """
    return records_of(members(path, start), name)


def records_of(file_members: Iterable[Member], name: str) -> Iterator[Record]:
    """As `records`, of members. A record is yielded after the records behind it, which state its origin, were read."""
    last: Record | None = None
    for member in file_members:
        parsed = _parsed(member.content or b"")
        if parsed is None:
            continue
        record, content, intact = parsed
        if record.rec_type in ("response", "revisit") and record.http_headers is not None:
            if last is not None:
                yield last
            last = _record(record, content, Position(name, member.offset, member.length, ""), intact)
        elif record.rec_type == "metadata" and last is not None:
            last = replace(last, origin=_origin(content), intact=last.intact and intact)
    if last is not None:
        yield last


def warcinfo_fields(path: Path) -> dict[str, str]:
    """The fields of the warcinfo record at a file's beginning, and its WARC-Date as "date"; {}: there is none."""
    first = next(members(path), None)
    parsed = _parsed(first.content or b"") if first is not None else None
    if parsed is None or parsed[0].rec_type != "warcinfo":
        return {}
    return {**_fields(parsed[1]), "date": parsed[0].rec_headers.get_header("WARC-Date") or ""}


def site_fields(warcinfo: dict[str, str]) -> dict[str, str]:
    """The fields of ours in `warcinfo_fields`, without their prefix: what the file's run knew of its site."""
    return {name.removeprefix("warraq-"): value for name, value in warcinfo.items() if name.startswith("warraq-")}


def record_at(folder: Path, position: Position) -> Record:
    """The record at a position, without comparison of its digests. folder: the archive's. Raises ArchiveError."""
    path = inside(folder, position.file)
    try:
        with path.open("rb") as file:
            file.seek(position.offset)
            content = file.read(position.length)
    except OSError as error:
        raise ArchiveError(f"can't read {path}: {error.strerror}. Restore it from a copy") from error
    with suppress(zlib.error):
        plain = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, MAX_RECORD_BYTES)
        parsed = _parsed(plain, check_digests=False)
        if parsed is not None and parsed[0].rec_type in ("response", "revisit") and parsed[0].http_headers is not None:
            record = _record(*parsed[:2], position, parsed[2])
            if record is not None:
                return record
    raise damaged(path, position.offset)


# Cached: resolve() stats every folder of the path, and an extraction reads thousands of records of one file.
@lru_cache(maxsize=256)
def inside(folder: Path, file: str) -> Path:
    """The path of a WARC file of the archive. Raises ArchiveError for a file outside its WARC folder.

    The WARC folder itself may be a symbolic link, to a larger disk.
    """
    path = (folder / file).resolve()
    if not path.is_relative_to((folder / "warc").resolve()):
        raise ArchiveError(f"{file!r} lies outside the archive at {folder}")
    return path


def damaged(path: Path, offset: int) -> ArchiveError:
    """The error for a record that does not match its row."""
    return ArchiveError(f"{path} is damaged at byte {offset}: see `warraq verify`")


def _parsed(content: bytes, *, check_digests: bool = True) -> tuple[Any, bytes, bool] | None:
    """(record, content, whether no checked digest differs); None: not a WARC record."""
    try:
        for record in ArchiveIterator(BytesIO(content), check_digests=check_digests):
            body = record.content_stream().read()
            checker = record.digest_checker
            return record, body, checker is None or checker.passed is not False
    except (*HOSTILE, ArchiveLoadFailed, EOFError, zlib.error):  # warcio raises any of them over a hostile head
        pass
    return None


def _record(record: Any, content: bytes, position: Position, intact: bool) -> Record | None:
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
    return Record(capture, position, reference=reference, intact=intact)


def capture_of(record: Any, body: bytes) -> Capture:
    """The capture in warcio's record of a response or revisit. Raises one of HOSTILE."""
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
    """A WARC-Date, aware UTC; None when it is absent, invalid, or outside the years 1970 to 9000.

    A machine whose clock was never set says 1970, and what it kept can be read all the same.
    """
    try:
        value = datetime.fromisoformat(text or "")
        value = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return value if 1970 <= value.year <= 9000 else None


def _instant(text: str | None) -> datetime:
    value = instant(text)
    if value is None:
        raise ValueError(f"{text!r} is not a date of a capture")
    return value


def _origin(content: bytes) -> Origin | None:
    kinds: tuple[Kind, ...] = get_args(Kind)
    fields = _fields(content)
    kind = next((each for each in kinds if each == fields.get("kind")), None)
    if kind is None:
        return None
    links = []
    for line in content.decode("utf-8", "replace").split("\r\n"):
        if line.startswith("outlink: "):
            url, _, named = line.removeprefix("outlink: ").rpartition(" ")
            links += [Found(url, each) for each in kinds if each == named]
    return Origin(kind, fields.get("via"), tuple(links))


def _fields(content: bytes) -> dict[str, str]:
    """Fields of application/warc-fields: the last value of each name, names in lower case."""
    lines = (line.partition(":") for line in content.decode("utf-8", "replace").split("\r\n"))
    return {name.strip().lower(): value.strip() for name, _, value in lines if value.strip()}
