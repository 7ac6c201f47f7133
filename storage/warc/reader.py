"""Reader of WARC files: one gzip member at a time, each in bounded memory.

Reading ends at the first torn or damaged member. `torn_files.scan` continues behind damage.
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
from storage.messages import message
from storage.records import Capture, Found, Kind, Origin, Position
from storage.warc.gzip_members import MAX_RECORD_BYTES, Member, members
from storage.warc.merged_files import moved
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
from storage.warc.store.stored_file import StoredFile, located, place_of
from storage.warc.warcinfo_fields import fields_in

# Raised by a hostile or broken record: an invalid status, date, offset or URI.
HOSTILE = (ValueError, TypeError, AttributeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Reference:
    """The target of a revisit. url, fetched_at, file, offset: of the capture with the payload; None if not stated.

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

    origin: None without a metadata record. reference: None for a response. intact: the bytes match the digests that
    the record states.
    """

    capture: Capture
    position: Position
    origin: Origin | None = None
    reference: Reference | None = None
    intact: bool = True


def records(path: Path, name: str, start: int = 0) -> Iterator[Record]:
    """Read the responses and revisits of a file written by this archive, in order. name: of the file in positions.

    Records that can't be parsed, or are larger than MAX_RECORD_BYTES, are skipped.
    """
    return records_of(members(path, start), name)


def records_of(file_members: Iterable[Member], name: str) -> Iterator[Record]:
    """As `records`, from members. A record is yielded after its metadata record, which states its origin, was read."""
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


def record_at(folder: Path, position: Position) -> Record:
    """Read the record at a position, without checking its digests. folder: the archive's. Raises ArchiveError.

    If the file was merged since, the record is read from the merged file.
    """
    path = inside(folder, position.file)
    try:
        content = _content(folder, path, position)
    except OSError as error:
        place = moved(folder, position.file, position.offset) if isinstance(error, FileNotFoundError) else None
        if place is not None:
            return record_at(folder, replace(position, file=place[0], offset=place[1]))
        raise ArchiveError(
            message("can't read {path}: {why}. Restore it from a copy", path=place_of(path), why=error.strerror)
        ) from error
    with suppress(zlib.error):
        plain = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, MAX_RECORD_BYTES)
        parsed = _parsed(plain, check_digests=False)
        if parsed is not None and parsed[0].rec_type in ("response", "revisit") and parsed[0].http_headers is not None:
            record = _record(*parsed[:2], position, parsed[2])
            if record is not None:
                return record
    raise damaged(path, position.offset)


def _content(folder: Path, path: Path, position: Position) -> bytes:
    """The raw bytes of a record in its file; from the archive's store in one request."""
    if isinstance(path, StoredFile):
        return path.read_range(position.offset, position.length)
    try:
        with path.open("rb") as file:
            file.seek(position.offset)
            return file.read(position.length)
    except FileNotFoundError:
        uploaded = inside(folder, position.file)  # uploaded since the path was resolved
        if isinstance(uploaded, StoredFile):
            return uploaded.read_range(position.offset, position.length)
        raise


def inside(folder: Path, file: str) -> Path:
    """The path of a WARC file in the archive's folder or store. Raises ArchiveError if it is outside the WARC folder.

    The WARC folder itself may be a symbolic link, for example to a larger disk.
    """
    return located(folder, _resolved(folder, file))


# Cached: resolve() stats every folder of the path, and an extraction reads thousands of records of one file.
@lru_cache(maxsize=256)
def _resolved(folder: Path, file: str) -> Path:
    path = (folder / file).resolve()
    if not path.is_relative_to((folder / "warc").resolve()):
        raise ArchiveError(message("{file!r} lies outside the archive at {folder}", file=file, folder=folder))
    return path


def damaged(path: Path, offset: int) -> ArchiveError:
    """The error for a record that does not match its row."""
    return ArchiveError(
        message("{path} is damaged at byte {offset}: see `warraq verify`", path=place_of(path), offset=offset)
    )


def _parsed(content: bytes, *, check_digests: bool = True) -> tuple[Any, bytes, bool] | None:
    """(record, content, whether all checked digests match); None if it is no WARC record."""
    try:
        for record in ArchiveIterator(BytesIO(content), check_digests=check_digests):
            body = record.content_stream().read()
            checker = record.digest_checker
            return record, body, checker is None or checker.passed is not False
    except (*HOSTILE, ArchiveLoadFailed, EOFError, zlib.error):  # warcio raises any of these for hostile headers
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
    """Make a capture from warcio's record of a response or revisit. Raises one of HOSTILE."""
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
    """Parse a WARC-Date, aware UTC; None if it is absent, invalid, or outside the years 1970 to 9000.

    1970 is accepted, since machines whose clock was never set write it.
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
    fields = fields_in(content)
    kind = next((each for each in kinds if each == fields.get("kind")), None)
    if kind is None:
        return None
    links = []
    for line in content.decode("utf-8", "replace").split("\r\n"):
        if line.startswith("outlink: "):
            url, _, named = line.removeprefix("outlink: ").rpartition(" ")
            links += [Found(url, each) for each in kinds if each == named]
    return Origin(kind, fields.get("via"), tuple(links))
