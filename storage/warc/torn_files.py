"""What a kill or a bad disk left in a WARC file: found, and a torn end cut off and kept aside."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from storage.errors import ArchiveError
from storage.files import replacement, sync, sync_folder
from storage.warc.reader import Member, members

_MAGIC = b"\x1f\x8b\x08"  # of a gzip member (RFC 1952 §2.3)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes of a file that are no whole member. torn: nothing follows them, as after a write that was cut short."""

    offset: int
    length: int
    torn: bool

    def __str__(self) -> str:
        return f"{self.length:,} bytes from byte {self.offset:,} on"


@dataclass(frozen=True, slots=True)
class Torn:
    """An end that was cut off. file: by name. kept: the name of the file beside it that holds what was cut."""

    file: str
    offset: int
    length: int
    kept: str

    def __str__(self) -> str:
        if self.offset == 0:
            return f"{self.file} holds no whole record: put aside as {self.kept}, {self.length} bytes"
        cut = f"cut back to byte {self.offset}, {self.length} bytes kept in {self.kept}"
        return f"{self.file} ended in a torn record: {cut}"


def scan(path: Path, start: int = 0) -> Iterator[Member | Gap]:
    """The members of a file from an offset on, and the gaps between them: what is behind damage is found again."""
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
            continue  # a crawl had written half of it when it was looked at first
        yield Gap(at, (after or size) - at, torn=after is None)
        if after is None:
            return
        at = after


def cut_torn_end(path: Path, start: int = 0) -> Torn | None:
    """Cut a file back to the end of its last whole member, and keep what was behind it in `NAME.torn-OFFSET`.

    None: it ends with a whole member. start: where a member begins; what is before is taken to be whole. A file with
    whole records behind the damage is left as it is: that is no torn end. A file without one whole record is put
    aside as it is. Raises ArchiveError when the disk refuses.
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
        _copy_end(path, gap.offset, kept)
        with path.open("r+b") as file:
            file.truncate(gap.offset)
            sync(file)
    except OSError as error:
        raise ArchiveError(f"can't mend {path}: {error.strerror or error}") from error
    return Torn(path.name, gap.offset, gap.length, kept.name)


def _copy_end(path: Path, offset: int, target: Path) -> None:
    with path.open("rb") as source, replacement(target) as copy:
        source.seek(offset)
        shutil.copyfileobj(source, copy)


def _next_record(path: Path, start: int) -> int | None:
    """Where the next whole member begins that holds a WARC record; None: there is none."""
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
            found = -1
            while (found := window.find(_MAGIC, found + 1)) >= 0:
                yield at - len(before) + found
            before = window[-(len(_MAGIC) - 1) :]
            at += len(chunk)
