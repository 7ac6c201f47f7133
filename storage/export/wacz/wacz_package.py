"""Writing of WACZ files (https://specs.webrecorder.net/wacz/1.1.1/); records are copied byte for byte."""

import hashlib
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import IO, Any, BinaryIO

import orjson
from sqlalchemy import Connection, Engine, select

from storage.db.database import snapshot
from storage.db.schema import page_assets
from storage.errors import ArchiveError, UsageError
from storage.export.article_schema import FIELDS
from storage.export.article_stream import LeftOut, stream
from storage.export.selection import ExportSelection
from storage.export.wacz.wacz_index import BLOCK_INDEX_NAME, BLOCKS_NAME, cdx_line, index_blocks
from storage.export.wacz.wacz_selection import ListedPage, PackedCapture, captures_of, pages_of
from storage.files import atomic_write
from storage.messages import message
from storage.records import Position
from storage.warc.files_lock import files_stay
from storage.warc.gzip_members import Member, members
from storage.warc.merged_files import moved
from storage.warc.reader import damaged, inside
from storage.warc.record_format import warc_date, warcinfo

VERSION = "1.1.1"
SUFFIX = ".wacz"
WARC_NAME = "data.warc.gz"
NO_PICTURES = "Pages alone: pictures, style sheets and scripts of these pages were not packed."
SOME_PICTURES = "Pictures and style sheets of these pages were packed as far as they were kept; scripts were not."
_TYPE = re.compile(rb"^WARC-Type:\s*(\S+)\s*$", re.IGNORECASE | re.MULTILINE)
_FOLLOWING = (b"request", b"metadata")
OnProgress = Callable[[int], None]


@dataclass(slots=True)
class WaczContents:
    """Counts of what was packed. without: articles without a captured page, such as imported ones.

    assets: pictures and style sheets among the captures. shown: articles that have any.
    """

    articles: int = 0
    captures: int = 0
    pages: int = 0
    without: int = 0
    assets: int = 0
    shown: int = 0
    left_out: LeftOut = field(default_factory=LeftOut)

    @property
    def lacks(self) -> str:
        """A sentence about the pictures and style sheets that are missing."""
        if not self.assets:
            return NO_PICTURES
        bare = self.articles - self.shown
        rest = f"; {bare} of the articles have none" if bare else ""
        return f"{self.assets} pictures and style sheets were packed{rest}. {SOME_PICTURES}"


def write_wacz(
    engine: Engine,
    folder: Path,
    target: Path,
    selection: ExportSelection,
    *,
    now: datetime,
    force: bool = False,
    on_progress: OnProgress | None = None,
) -> WaczContents:
    """Pack all captures of the selected articles. folder: of the archive. on_progress: called with articles done.

    The file appears when it is complete. Raises UsageError for an existing file or another suffix, ArchiveError when
    a record is damaged or the disk refuses, AlreadyRunning while WARC files are merged.
    """
    if target.suffix != SUFFIX:
        raise UsageError(
            message(
                "a WACZ file ends in {suffix}; name it {better}, not {name}",
                suffix=SUFFIX,
                better=target.with_suffix(SUFFIX).name,
                name=target.name,
            )
        )
    if target.exists() and not force:
        raise UsageError(message("{path} exists; name another, or replace it with --force", path=target))
    chosen = replace(selection, fields=[each for each in FIELDS if each.name == "id"])
    with files_stay(folder), atomic_write(target) as out, snapshot(engine) as connection:
        package = _Package(folder, out, now)
        package.pack(_articles(connection, chosen, package.contents.left_out), connection, chosen.as_of, on_progress)
        package.finish(chosen)
    return package.contents


def _articles(connection: Connection, selection: ExportSelection, left_out: LeftOut) -> Iterator[int]:
    for batch in stream(connection, selection, left_out):
        yield from batch.columns["id"]


class _Package:
    """The file while it is written: first the records, then index, pages and description."""

    def __init__(self, folder: Path, out: BinaryIO, now: datetime) -> None:
        self.contents = WaczContents()
        self._folder = folder
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True)
        self._now = now
        self._resources: list[dict[str, Any]] = []
        self._lines: list[str] = []
        self._pages: list[ListedPage] = []
        self._packed: set[int] = set()

    def pack(
        self, ids: Iterator[int], connection: Connection, before: datetime | None, on_progress: OnProgress | None
    ) -> None:
        """Write the records of all articles."""
        with _Member(self._zip, f"archive/{WARC_NAME}", self._now, self._resources) as out:
            any_assets = connection.scalar(select(page_assets.c.page_key).limit(1)) is not None
            out.write(warcinfo(WARC_NAME, {"description": SOME_PICTURES if any_assets else NO_PICTURES}))
            for article_id in ids:
                captures = captures_of(connection, article_id, before)
                listed = pages_of(connection, article_id, captures)
                for capture in captures:
                    if capture.id not in self._packed:
                        self._packed.add(capture.id)
                        self._lines.append(self._copy(capture, out))
                        self.contents.assets += capture.is_asset
                self._pages += listed
                self.contents.articles += 1
                self.contents.without += not listed
                self.contents.shown += any(capture.is_asset for capture in captures)
                if on_progress is not None:
                    on_progress(self.contents.articles)
        self.contents.captures, self.contents.pages = len(self._packed), len(self._pages)

    def finish(self, selection: ExportSelection) -> None:
        """Write the index, the list of pages and the description."""
        blocks = list(index_blocks(self._lines))
        for name, content, packed in (
            (f"indexes/{BLOCKS_NAME}", b"".join(block for block, _ in blocks), False),
            (f"indexes/{BLOCK_INDEX_NAME}", b"".join(line for _, line in blocks), True),
            ("pages/pages.jsonl", b"".join(self._page_lines()), True),
        ):
            with _Member(self._zip, name, self._now, self._resources, packed=packed) as out:
                out.write(content)
        package = orjson.dumps(self._datapackage(selection), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
        for name, content in (("datapackage.json", package), ("datapackage-digest.json", orjson.dumps(digest))):
            with _Member(self._zip, name, self._now, []) as out:
                out.write(content)
        self._zip.close()

    def _copy(self, capture: PackedCapture, out: "_Member") -> str:
        """Copy a capture's record with the request and metadata records behind it. Returns its index line."""
        offset, kind, length = out.size, b"", 0
        for record, content in _exchange(self._folder, capture.position):
            if not kind:
                kind, length = record, len(content)
            out.write(content)
        return cdx_line(capture, file=WARC_NAME, offset=offset, length=length, revisit=kind == b"revisit")

    def _page_lines(self) -> Iterator[bytes]:
        yield orjson.dumps({"format": "json-pages-1.0", "id": "pages", "title": "Articles, a line a version"}) + b"\n"
        for each in self._pages:
            ts = warc_date(each.at.replace(microsecond=0)).replace(".000000", "")
            yield orjson.dumps({"id": each.id, "url": each.url, "ts": ts, "title": each.title}) + b"\n"

    def _datapackage(self, selection: ExportSelection) -> dict[str, Any]:
        asked, held = selection.as_json(), self.contents
        return {
            "profile": "data-package",
            "title": "Articles of an archive of Arabic news",
            "description": f"{held.articles} articles, {held.captures} captures. {held.lacks}",
            "created": f"{self._now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "wacz_version": VERSION,
            "software": "Warraq",
            "selection": {name: asked[name] for name in ("filters", "reservations", "as_of")},
            "resources": self._resources,
        }


class _Member:
    """A file in the ZIP file. Its digest and size become an entry of the resources."""

    def __init__(
        self, into: zipfile.ZipFile, name: str, now: datetime, resources: list[dict[str, Any]], *, packed: bool = False
    ) -> None:
        about = zipfile.ZipInfo(name, now.astimezone(UTC).timetuple()[:6])
        about.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        about.external_attr = 0o644 << 16
        about.extra = _modified(now)
        self._out: IO[bytes] = into.open(about, "w", force_zip64=True)
        self._name = name
        self._resources = resources
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, content: bytes) -> None:
        """Append bytes."""
        self._out.write(content)
        self._digest.update(content)
        self.size += len(content)

    def __enter__(self) -> "_Member":
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        if failed is None:
            self._out.close()
            name = self._name.rpartition("/")[2]
            about = {"name": name, "path": self._name, "hash": f"sha256:{self._digest.hexdigest()}", "bytes": self.size}
            self._resources.append(about)


def _modified(at: datetime) -> bytes:
    """The extra field "extended timestamp" of a member, for its local header and the central directory.

    ReplayWeb.page (2.4) reads extra fields of the header, such as ZIP64's, only if the directory has extra fields.
    """
    return struct.pack("<HHBL", 0x5455, 5, 1, int(at.timestamp()))


def _exchange(folder: Path, position: Position) -> Iterator[tuple[bytes, bytes]]:
    """Type and bytes of a record, then of the request and metadata records behind it. Raises ArchiveError."""
    path = inside(folder, position.file)
    offset = position.offset
    if not path.exists():
        name, offset = moved(folder, position.file, offset) or (position.file, offset)
        path = inside(folder, name)
    try:
        with path.open("rb") as file:
            following = members(path, offset)
            first = next(following, None)
            kind = _kind(first)
            if first is None or kind not in (b"response", b"revisit") or first.length != position.length:
                raise damaged(path, offset)
            for member in chain((first,), following):
                if member is not first and _kind(member) not in _FOLLOWING:
                    return
                file.seek(member.offset)
                yield _kind(member), file.read(member.length)
    except OSError as error:
        raise ArchiveError(
            message("can't read {path}: {why}. Restore it from a copy", path=path, why=error.strerror)
        ) from error


def _kind(member: Member | None) -> bytes:
    match = _TYPE.search((member.content or b"").partition(b"\r\n\r\n")[0]) if member is not None else None
    return match[1].lower() if match else b""
