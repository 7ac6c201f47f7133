"""The log of records that an import left out, with reasons: counts, some examples, optionally a file with all."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import orjson

from storage.errors import ArchiveError, UsageError
from storage.messages import message

EXAMPLES = 20


@dataclass(slots=True)
class RejectLog:
    """Rejects by reason. out: an open file to which a JSON line is written for each."""

    out: BinaryIO | None = None
    reasons: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, file: str, place: int | None, url: str | None, reason: str, detail: str) -> None:
        """Add one reject. file: name. place: number of the record in it, from 1. reason: one of docs/formats.md."""
        self.reasons[reason] += 1
        if len(self.examples) < EXAMPLES:
            where = url or (f"record {place}" if place is not None else file)
            self.examples.append(f"{where}: {detail}")
        if self.out is None:
            return
        record = {"file": file, "record": place, "url": url, "reason": reason, "detail": detail}
        try:
            self.out.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        except OSError as error:
            raise ArchiveError(message("can't write the rejects: {why}", why=error.strerror)) from error


@contextmanager
def reject_file(path: Path | None) -> Iterator[BinaryIO | None]:
    """Open the file for rejects, which must not exist yet; None without a path. Raises UsageError."""
    if path is None:
        yield None
        return
    try:
        out = path.open("xb")
    except FileExistsError:
        raise UsageError(message("{path} exists; name another file for --rejects", path=path)) from None
    except OSError as error:
        raise UsageError(message("{path} can't be written: {why}", path=path, why=error.strerror)) from error
    with out:
        yield out
