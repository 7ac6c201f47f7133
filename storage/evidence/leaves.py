"""The records of a WARC file as leaves of the tree, with the fields of their headers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from storage.evidence.merkle import leaf_hash
from storage.warc.reader import instant
from storage.warc.redact import TYPE as REMOVED
from storage.warc.torn_files import Gap, scan
from storage.warc.warcinfo_fields import fields_in


@dataclass(frozen=True, slots=True)
class RecordLeaf:
    """A record of a file. hash: of its gzip member. content: uncompressed; b"" if it is too large to be read."""

    hash: bytes
    offset: int
    length: int
    content: bytes

    def fields(self) -> dict[str, str]:
        """The fields of the record's header, names in lower case."""
        return fields_in(self.content.partition(b"\r\n\r\n")[0])


def leaves(path: Path, start: int = 0) -> Iterator[RecordLeaf | Gap]:
    """Read the records of a file from an offset on, and the gaps between them. Raises OSError."""
    with path.open("rb") as file:
        for each in scan(path, start):
            if isinstance(each, Gap):
                yield each
                continue
            file.seek(each.offset)
            yield RecordLeaf(leaf_hash(file.read(each.length)), each.offset, each.length, each.content or b"")


def is_redacted(fields: dict[str, str]) -> bool:
    """Whether a record is the placeholder of a removed one, which is no leaf."""
    return fields.get("warc-type") == REMOVED


def day_of(fields: dict[str, str]) -> date | None:
    """The day (UTC) of a record's WARC-Date; None without a valid one."""
    at = instant(fields.get("warc-date"))
    return at.date() if at is not None else None
