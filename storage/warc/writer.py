"""Writer of WARC files: runs append to one file a day and site. A capture is synced to disk before it is processed.

`record_format` defines the records, `reader` reads them, `third_party` reads files of other programs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from storage.errors import ArchiveError, UsageError
from storage.files import parse_size, sync, sync_folder
from storage.messages import message
from storage.records import Capture, Holder, Origin, Position
from storage.warc.faults import reach
from storage.warc.file_names import FOLDER, day_stem, is_site_name, numbered
from storage.warc.merged_files import moved
from storage.warc.open_files import LastPosition, no_rows, open_to_append
from storage.warc.reader import Record, Reference, damaged, inside, record_at, records
from storage.warc.record_format import members, payload_digest, warcinfo
from storage.warc.store.stored_file import place_of
from storage.warc.warcinfo_fields import RUN, STARTED

MAX_FILE_BYTES = 1 << 30  # the default; the size that the WARC guidelines recommend
MIN_FILE_BYTES = 1 << 20


def warc_bytes(text: str | None) -> int:
    """Parse the size at which a file is full, such as 500M, to bytes; None: the default. Raises UsageError."""
    try:
        size = parse_size(text) if text else MAX_FILE_BYTES
    except ValueError:
        raise UsageError(
            message("the size {text!r} of WARC files is none; write it as 500M or 1G", text=text)
        ) from None
    if size < MIN_FILE_BYTES:
        raise UsageError(
            message("WARC files of {text} would hold hardly a page; write 1M at least, such as 500M", text=text)
        )
    return size


@dataclass(frozen=True, slots=True)
class Appending:
    """A capture to be appended.

    holder: the earlier capture with the same payload; a revisit record without the body is written then. The digests
    are equal, except for a response of status 304. digest: of the capture's body; None: computed by the writer.
    """

    capture: Capture
    origin: Origin | None = None
    holder: Holder | None = None
    digest: str | None = None


class WarcWriter:
    """Appends the captures of one run to the file of its site and day. Not thread-safe.

    The run's records are contiguous in it, behind a warcinfo record that names the run.
    """

    def __init__(
        self,
        folder: Path,
        site: str,
        run_id: int,
        started_at: datetime,
        about: Mapping[str, str | None] | None = None,
        *,
        max_bytes: int = MAX_FILE_BYTES,
        last_position: LastPosition = no_rows,
        on_full: Callable[[], None] = lambda: None,
    ) -> None:
        """folder: the archive's. about: fields of each warcinfo beside site, run and format.

        max_bytes: size at which a file is full. last_position: see `open_files`. on_full: called after a full file was
        closed.
        """
        self._on_full = on_full
        if not is_site_name(site):
            raise ValueError(f"site name {site!r} can't be part of a file name")
        self._folder = folder
        self._stem = day_stem(site, started_at)
        began = started_at.astimezone(UTC).isoformat(timespec="seconds")
        self._about = {"isPartOf": site, RUN: str(run_id), STARTED: began, **(about or {})}
        self._max_bytes = max_bytes
        self._last_position = last_position
        self._file: IO[bytes] | None = None
        self._name = ""
        self._size = 0
        self._synced = 0  # bytes of the file that are synced to disk

    def append(
        self, capture: Capture, *, origin: Origin | None = None, holder: Holder | None = None, digest: str | None = None
    ) -> Position:
        """Append a capture and sync it to disk. Raises ArchiveError; the file is unchanged then.

        Parameters: the fields of Appending.
        """
        (answer,) = self.append_all([Appending(capture, origin, holder, digest)])
        if isinstance(answer, ArchiveError):
            raise answer
        return answer

    def append_all(self, appendings: Sequence[Appending]) -> list[Position | ArchiveError]:
        """Append captures and sync them to disk together.

        Returns the position of each, or the error for one that the disk refused; nothing of it is in the file then.
        """
        answers: list[Position | ArchiveError] = []
        waiting: list[int] = []  # indexes of those that are written, but not synced
        for each in appendings:
            try:
                if self._file is None or self._size >= self._max_bytes:
                    self._force(answers, waiting)
                    self._next_file()
                answers.append(self._write_capture(each))
                waiting.append(len(answers) - 1)
            except OSError as error:
                answers.append(self._refusal(error))
            except ArchiveError as error:
                answers.append(error)
        self._force(answers, waiting)
        return answers

    def _write_capture(self, each: Appending) -> Position:
        capture, holder = each.capture, each.holder
        body = b"" if capture.status == 304 else capture.body  # RFC 9110 §15.4.5: it has no body
        digest = holder.position.digest if holder else each.digest or payload_digest(body)
        first, following = members(capture, digest, origin=each.origin, holder=holder)
        reach("warc-before")
        offset = self._write(first + following)
        position = Position(f"{FOLDER}/{self._name}", offset, len(first), digest)
        return replace(position, refers_to=holder.capture_id) if holder else position

    def _force(self, answers: list[Position | ArchiveError], waiting: list[int]) -> None:
        """Sync to disk; if that fails, replace the answers at these indexes by errors."""
        if self._file is None or not waiting:
            return
        try:
            sync(self._file)
            self._synced = self._size
        except OSError as error:
            self._cut(self._synced)
            for place in waiting:
                answers[place] = self._refusal(error)
        else:
            for _ in waiting:
                reach("warc-synced")
        waiting.clear()

    def _refusal(self, error: OSError) -> ArchiveError:
        path = self._folder / FOLDER / (self._name or numbered(self._stem, 1))
        refusal = ArchiveError(message("can't write {path}: {why}", path=path, why=error.strerror or error))
        refusal.__cause__ = error
        return refusal

    def close(self) -> None:
        """Close the file; a later append opens another."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _next_file(self) -> None:
        if self._file is not None:
            self.close()
            self._on_full()
        self._file, path = open_to_append(self._folder, self._stem, self._max_bytes, self._last_position)
        self._name = path.name
        self._size = self._synced = self._file.tell()
        is_new = self._size == 0
        try:
            self._write(warcinfo(self._name, self._about))
            sync(self._file)
            self._synced = self._size
            if is_new:
                sync_folder(path.parent)
        except OSError:
            if is_new:
                path.unlink(missing_ok=True)
            else:
                self._cut(self._synced)
            self.close()
            raise

    def _write(self, content: bytes) -> int:
        """Append the bytes; return their offset. After an error the file has its former length."""
        if self._file is None:
            raise OSError("the file is closed")
        try:
            half = len(content) // 2
            self._write_all(content[:half])
            reach("warc-middle")
            self._write_all(content[half:])
            reach("warc-after")
        except OSError:
            self._cut(self._size)
            raise
        offset, self._size = self._size, self._size + len(content)
        return offset

    def _cut(self, size: int) -> None:
        if self._file is not None:
            self._file.truncate(size)
            self._file.seek(size)
            self._size = size

    def _write_all(self, content: bytes) -> None:
        left = memoryview(content)
        while left and self._file is not None:
            left = left[self._file.write(left) :]


def read_capture(folder: Path, position: Position) -> Capture:
    """Read the capture at a position; a revisit gets the body that it refers to.

    A response of status 304 stays without a body. folder: the archive's. Raises ArchiveError when the file is missing,
    or the bytes do not match the position's digest.
    """
    record = record_at(folder, position)
    capture = record.capture
    if record.reference is not None and record.reference.unchanged:
        return capture
    digest = record.position.digest
    if record.reference is not None:
        capture = replace(capture, body=_holder_body(folder, record.reference, position.digest))
        digest = payload_digest(capture.body)
    if digest != position.digest:
        raise damaged(inside(folder, position.file), position.offset)
    return capture


def _holder_body(folder: Path, reference: Reference, digest: str) -> bytes:
    """Read the payload that a revisit refers to, at its offset or elsewhere in a file that was rewritten since."""
    if reference.file is None or reference.offset is None:
        raise ArchiveError(
            message("the revisit of {url} does not say where its bytes are: see `warraq verify`", url=reference.url)
        )
    file, offset = reference.file, reference.offset
    path = inside(folder, file)
    if not path.exists():
        file, offset = moved(folder, file, offset) or (file, offset)
        path = inside(folder, file)
    try:
        for start in (offset, 0):
            for each in records(path, file, start):
                if _is_holder(each, reference, digest):
                    return each.capture.body
                if start:
                    break
    except OSError as error:
        if isinstance(error, FileNotFoundError) and inside(folder, file).exists():  # uploaded meanwhile
            return _holder_body(folder, reference, digest)
        raise ArchiveError(
            message("can't read {path}: {why}. Restore it from a copy", path=place_of(path), why=error.strerror)
        ) from error
    raise damaged(path, offset)


def _is_holder(record: Record, reference: Reference, digest: str) -> bool:
    same_time = record.capture.fetched_at == reference.fetched_at
    return record.reference is None and same_time and record.position.digest == digest
