"""Damage in WARC files: finding it, and cutting off a torn end, which is saved in another file."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from storage.errors import ArchiveError
from storage.files import replacement, sync, sync_folder
from storage.messages import Message, count_message, message
from storage.warc.gzip_members import Member, members
from storage.warc.reader import Record, records_of

_MAGIC = b"\x1f\x8b\x08"  # of a gzip member (RFC 1952 §2.3)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes of a file that are no complete member. torn: no member follows, as after an interrupted write."""

    offset: int
    length: int
    torn: bool

    def words(self) -> Message:
        """A description of the bytes, for messages."""
        return count_message("{n:,} bytes from byte {offset:,} on", self.length, offset=self.offset)


@dataclass(frozen=True, slots=True)
class Torn:
    """An end that was cut off. file: name of the file. kept: name of the file beside it with the cut bytes."""

    file: str
    offset: int
    length: int
    kept: str

    def __str__(self) -> str:
        return self.words()

    def words(self) -> Message:
        """A description of the repair, for messages."""
        if self.offset == 0:
            return count_message(
                "{file!s} holds no whole record: put aside as {kept!s}, {n} bytes",
                self.length,
                file=self.file,
                kept=self.kept,
            )
        return count_message(
            "{file!s} ended in a torn record: cut back to byte {offset}, {n} bytes kept in {kept!s}",
            self.length,
            file=self.file,
            offset=self.offset,
            kept=self.kept,
        )


def scan(path: Path, start: int = 0) -> Iterator[Member | Gap]:
    """Read the members of a file from an offset on, and the gaps between them; continues behind damage."""
    size = path.stat().st_size
    at = start
    while at < size:
        for member in members(path, at):
            yield member
            at = member.offset + member.length
        if at >= size:
            return
        after = _next_record(path, at + 1)
        if next(members(path, at), None) is not None:
            continue  # a crawl completed the member meanwhile
        yield Gap(at, (after or size) - at, torn=after is None)
        if after is None:
            return
        at = after


def all_records(path: Path, name: str) -> Iterator[Record]:
    """As `reader.records`, with the records behind damage."""
    return records_of((each for each in scan(path) if isinstance(each, Member)), name)


def cut_torn_end(path: Path, start: int = 0) -> Torn | None:
    """Truncate a file to the end of its last complete member, and keep the rest in `NAME.torn-OFFSET`.

    None if it ends with a complete member. start: offset of a member; bytes before it are assumed to be complete. A
    file with complete records behind the damage is unchanged, since its end is not torn. A file without any complete
    record is renamed. Raises ArchiveError when the disk refuses.
    """
    try:
        gap = next((each for each in scan(path, start) if isinstance(each, Gap) and each.torn), None)
        if gap is None:
            return None
        kept = path.with_name(f"{path.name}.torn-{gap.offset}")
        if gap.offset == 0:
            path.replace(kept)
            sync_folder(path.parent)
            return Torn(path.name, 0, gap.length, kept.name)
        with path.open("r+b") as file:
            file.seek(gap.offset)
            with replacement(kept) as copy:
                shutil.copyfileobj(file, copy)
            file.truncate(gap.offset)
            sync(file)
    except OSError as error:
        raise ArchiveError(message("can't mend {path}: {why}", path=path, why=error.strerror or error)) from error
    return Torn(path.name, gap.offset, gap.length, kept.name)


def _next_record(path: Path, start: int) -> int | None:
    """The offset of the next complete member with a WARC record; None if there is none."""
    for offset in _magics(path, start):
        member = next(members(path, offset), None)
        if member is not None and (member.content or b"").startswith(b"WARC/"):
            return offset
    return None


def _magics(path: Path, start: int) -> Iterator[int]:
    with path.open("rb") as file:
        file.seek(start)
        before, at = b"", start
        while chunk := file.read(_CHUNK):
            window = before + chunk
            index = -1
            while (index := window.find(_MAGIC, index + 1)) >= 0:
                yield at - len(before) + index
            before = window[-(len(_MAGIC) - 1) :]
            at += len(chunk)
