"""The spans of a WARC file: a warcinfo record and the records behind it, written by one run (WARC 1.1 §6.2)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from storage.warc.file_names import FOLDER, run_in
from storage.warc.gzip_members import Member
from storage.warc.reader import Record, records_of
from storage.warc.torn_files import scan
from storage.warc.warcinfo_fields import run_of, warcinfo_in

_CAPTURE = re.compile(rb"^WARC-Type:\s*(?:response|revisit)\s*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RunSpan:
    """A part of a file that one run wrote. start, end: offsets. about: the fields of its warcinfo; {} without one."""

    path: Path
    start: int
    end: int
    about: dict[str, str]

    @property
    def file(self) -> str:
        """The file's name in positions."""
        return f"{FOLDER}/{self.path.name}"

    @property
    def run(self) -> str:
        """The name of the run; if the file states none, the file's name."""
        return run_of(self.about) or run_in(self.path.name) or self.path.name

    def records(self) -> Iterator[Record]:
        """The responses and revisits in it, also those behind damage."""
        yield from records_of(self._members(), self.file)

    def _members(self) -> Iterator[Member]:
        for each in scan(self.path, self.start):
            if each.offset >= self.end:
                return
            if isinstance(each, Member):
                yield each


def spans_without_rows(path: Path, known: Collection[int]) -> list[RunSpan]:
    """The spans of a file that contain a capture at an offset other than the known ones."""
    spans: list[RunSpan] = []
    start, end, about, lacks = 0, 0, dict[str, str](), False
    for each in scan(path):
        content = (each.content or b"") if isinstance(each, Member) else b""
        fields = warcinfo_in(content)
        if fields is not None:
            spans += [RunSpan(path, start, end, about)] if lacks else []
            start, about, lacks = each.offset, fields, False
        elif each.offset not in known and _CAPTURE.search(content.partition(b"\r\n\r\n")[0]):
            lacks = True
        end = each.offset + each.length
    return [*spans, RunSpan(path, start, end, about)] if lacks else spans
