"""Writer of WARC files: one file per run. A capture is on the disk before anything else is done with it.

`record_format` defines the records, `reader` reads them back, `third_party` reads files of other programs.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from storage.errors import ArchiveError
from storage.files import sync, sync_folder
from storage.records import Capture, Holder, Origin, Position
from storage.warc.faults import reach
from storage.warc.reader import Record, Reference, damaged, inside, record_at, records
from storage.warc.record_format import members, payload_digest, warcinfo
from storage.warc.third_party import third_party_records

FOLDER = "warc"
MAX_FILE_BYTES = 1 << 30  # the size that the WARC guidelines recommend


def is_site_name(name: str) -> bool:
    """Whether a site's name can be part of a file's name."""
    return re.fullmatch(r"[a-z0-9][a-z0-9_]{0,63}", name) is not None


def warc_files(folder: Path) -> list[Path]:
    """The archive's WARC files, by name. folder: the archive's."""
    return sorted((folder / FOLDER).glob("*.warc.gz"))


def stem(site: str, run_id: int, started_at: datetime) -> str:
    """The beginning of the names of a run's files."""
    return f"{site}-{started_at.astimezone(UTC):%Y%m%d%H%M%S}-{run_id}"


def site_in(name: str) -> str | None:
    """The site in the name of a run's file, for a file without a readable warcinfo; None: another kind of name."""
    match = re.match(r"([a-z0-9][a-z0-9_]{0,63})-\d{14}-\d+", name)
    return match[1] if match else None


@dataclass(frozen=True, slots=True)
class Appending:
    """A capture to be appended.

    holder: the earlier capture with the same payload; a revisit record without the bytes is written. Its digest is that
    of the capture's body, except for a response of status 304. digest: of the capture's body, where the caller has
    computed it.
    """

    capture: Capture
    origin: Origin | None = None
    holder: Holder | None = None
    digest: str | None = None


class WarcWriter:
    """Appends captures to the file of one run. For one thread.

    It never reopens a file: records written after the torn end that a kill leaves would be lost to readers.
    """

    def __init__(
        self,
        folder: Path,
        site: str,
        run_id: int,
        started_at: datetime,
        about: Mapping[str, str | None] | None = None,
    ) -> None:
        """folder: the archive's. about: fields of each file's warcinfo beside site, run and format."""
        if not is_site_name(site):
            raise ValueError(f"site name {site!r} can't be part of a file name")
        self._folder = folder
        self._stem = stem(site, run_id, started_at)
        self._about = {"isPartOf": site, "warraq-run": str(run_id), **(about or {})}
        self._part = 0
        self._file: IO[bytes] | None = None
        self._name = ""
        self._size = 0
        self._synced = 0  # so many bytes of it are on the disk

    def append(
        self, capture: Capture, *, origin: Origin | None = None, holder: Holder | None = None, digest: str | None = None
    ) -> Position:
        """Write a capture and wait until the disk has it. Raises ArchiveError; the file is then as before.

        Parameters: the fields of Appending.
        """
        (answer,) = self.append_all([Appending(capture, origin, holder, digest)])
        if isinstance(answer, ArchiveError):
            raise answer
        return answer

    def append_all(self, appendings: Sequence[Appending]) -> list[Position | ArchiveError]:
        """Write captures and wait once until the disk has them all.

        Returns where each is; an error for one that the disk refused, of which the file has nothing then.
        """
        answers: list[Position | ArchiveError] = []
        waiting: list[int] = []  # the places of those that are written and not yet forced to the disk
        for each in appendings:
            try:
                if self._file is None or self._size >= MAX_FILE_BYTES:
                    self._force(answers, waiting)
                    self._next_file()
                answers.append(self._write_capture(each))
                waiting.append(len(answers) - 1)
            except OSError as error:
                answers.append(self._refusal(error))
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
        """Force what was written to the disk. The answers at these places are errors if it refuses."""
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
        refusal = ArchiveError(f"can't write {self._folder / FOLDER / self._stem}.warc.gz: {error.strerror or error}")
        refusal.__cause__ = error
        return refusal

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
            # Another run's file is never opened, even if its run has the same number.
            with suppress(FileExistsError):
                self._file = (self._folder / FOLDER / self._name).open("xb", buffering=0)
                break
        self._size = self._synced = 0
        try:
            self._write(warcinfo(self._name, self._about))
            sync(self._file)
            self._synced = self._size
            sync_folder(self._folder / FOLDER)
        except OSError:
            self.close()
            (self._folder / FOLDER / self._name).unlink(missing_ok=True)
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
    """The capture at a position, as it was appended; a revisit with the body that it refers to.

    A response of status 304 has no body and gets none. folder: the archive's. Raises ArchiveError when the file is
    missing, or its bytes do not match the position's digest.
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


def read_captures(path: Path) -> Iterator[Capture]:
    """The readable responses of a WARC file of any program."""
    return (each for each in third_party_records(path) if isinstance(each, Capture))


def _holder_body(folder: Path, reference: Reference, digest: str) -> bytes:
    """The payload that a revisit refers to: at its offset, or elsewhere in a file that was rewritten since."""
    if reference.file is None or reference.offset is None:
        raise ArchiveError(f"the revisit of {reference.url} does not say where its bytes are: see `warraq verify`")
    path = inside(folder, reference.file)
    try:
        for start in (reference.offset, 0):
            for each in records(path, reference.file, start):
                if _is_holder(each, reference, digest):
                    return each.capture.body
                if start:
                    break
    except OSError as error:
        raise ArchiveError(f"can't read {path}: {error.strerror}. Restore it from a copy") from error
    raise damaged(path, reference.offset)


def _is_holder(record: Record, reference: Reference, digest: str) -> bool:
    same_time = record.capture.fetched_at == reference.fetched_at
    return record.reference is None and same_time and record.position.digest == digest
